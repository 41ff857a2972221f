#!/bin/sh
# 200 kills and 40 interruptions at seeded places of a run that writes: a store opens with the old or with the new state of its
# articles, a file is the old one or the new one, and the run, done again, ends as if nothing had been.
# shellcheck disable=SC2154 # set in lib.sh
. tests/cli/lib.sh
. tests/faults/lib.sh

calls=openat,write,pwrite64,ftruncate,fsync,fdatasync,rename,unlink,close
seed=${FAULTS_SEED:-1}
# Sets $number to one from 1 to $1; the same on every machine.
random() {
    seed=$(((seed * 1103515245 + 12345) % 2147483648))
    number=$((seed / 65536 % $1 + 1))
}

begin "$work/here"
printf 'same vn-30 vn-10\n' >"$work/judgements.txt"
state "$work/begin/archive.db" "$work/old.json"

# strike SIGNAL COMMAND...: kills the command at a place by chance, looks, and does it again.
strike() {
    signal=$1
    shift
    random "$total"
    begin "$work/here"
    under "inject=$calls:signal=$signal:when=$number" "$@"
    [ "$code" -ge 128 ] || [ "$code" -eq 0 ] || fail "$*, at call $number of $total: exit code $code"
    [ "$code" -eq 0 ] || struck=$((struck + 1)) # calls are counted by thread: the run may have ended before
    if [ "$kind" = store ]; then
        state "$work/here/archive.db" "$work/state.json"
        cmp -s "$work/state.json" "$work/old.json" || cmp -s "$work/state.json" "$work/new.json" ||
            fail "$*, killed at call $number of $total: neither the old nor the new state"
    else
        cmp -s "$work/here/network.json" "$work/begin/network.json" || same "$work/here/network.json" "$work/done.json"
    fi
    "$MANGLUOI" "$@" 2>"$err" || [ "$again" = may-fail ] || fail "$* cannot be done again"
    if [ "$kind" = store ]; then
        state "$work/here/archive.db" "$work/state.json"
        same "$work/state.json" "$work/new.json"
    else
        same "$work/here/network.json" "$work/done.json"
    fi
}

# strikes KIND AGAIN KILLS INTERRUPTIONS COMMAND...
strikes() {
    kind=$1
    again=$2
    kills=$3
    interruptions=$4
    shift 4
    begin "$work/here"
    count_calls "$@"
    [ "$kind" = store ] || cp "$work/here/network.json" "$work/done.json"
    [ "$kind" = file ] || state "$work/here/archive.db" "$work/new.json"
    struck=0
    while [ $struck -lt "$kills" ]; do
        strike KILL "$@"
    done
    while [ $struck -lt $((kills + interruptions)) ]; do
        strike INT "$@"
    done
}

strikes store no 100 20 build -q "$work/all.jsonl" -o "$work/here/archive.db"
strikes store may-fail 30 5 forget -q "$work/here/archive.db" "$name"
strikes store no 20 5 judge -q "$work/here/archive.db" "$work/judgements.txt"
strikes file no 50 10 build -q "$work/all.jsonl" -o "$work/here/network.json"

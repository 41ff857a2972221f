#!/bin/sh
# Completion and the manual page say what the help says, and the shells and groff take them.
. tests/cli/lib.sh

expect 2 completion
expect 2 completion tcsh
for shell in bash zsh fish man; do
    expect 0 completion $shell
    silent "$err"
    cp "$out" "$work/$shell"
done

# Every option of every command is in each of them; the manual writes its hyphens with a backslash.
for command in extract build view explain query show path export judge gazetteer evaluate completion; do
    expect 0 "$command" --help
    grep -oE -e '--[a-z]+[a-z-]*' "$out" | sort -u | sed 's/^--//' >"$work/options"
    while read -r option; do
        says "--$option" "$work/bash"
        says "--$option" "$work/zsh"
        says "-l $option" "$work/fish"
        says "\\-\\-$(echo "$option" | sed 's/-/\\-/g')" "$work/man"
    done <"$work/options"
    says "mangluoi $command" "$work/man"
done

cat >"$work/try.bash" <<'TRY'
. "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_mangluoi
printf '%s\n' "${COMPREPLY[@]}"
TRY
if command -v bash >/dev/null; then
    bash -n "$work/bash"
    bash "$work/try.bash" "$work/bash" mangluoi ex >"$out"
    [ "$(sort "$out" | tr '\n' ' ')" = "explain export extract " ] || fail "bash completes ex otherwise"
    bash "$work/try.bash" "$work/bash" mangluoi build --no-i >"$out"
    [ "$(cat "$out")" = --no-isolates ] || fail "bash does not complete --no-i"
    bash "$work/try.bash" "$work/bash" mangluoi build --format ge >"$out"
    [ "$(cat "$out")" = gexf ] || fail "bash does not complete --format ge"
fi
if command -v zsh >/dev/null; then
    zsh -n "$work/zsh"
fi
if command -v fish >/dev/null; then
    HOME=$work fish -c "source $work/fish; complete -C 'mangluoi build --no-i'" >"$out"
    says --no-isolates "$out"
fi
if command -v groff >/dev/null; then
    groff -Kutf8 -man -ww -Tutf8 "$work/man" >"$out" 2>"$err"
    silent "$err"
fi

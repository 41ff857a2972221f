#!/bin/sh
# Help of each command, versions, usage errors that name the nearest word.
. tests/cli/lib.sh

expect 0 --version
says "mangluoi " "$out"
expect 0 --help
for command in extract build view explain gazetteer evaluate completion; do
    says "  $command " "$out"
done
cp "$out" "$work/overview"
expect 0 help
same "$out" "$work/overview"
expect 2
silent "$out"
same "$err" "$work/overview"

for command in extract build view explain gazetteer evaluate completion; do
    expect 0 "$command" --help
    silent "$err"
    says "Usage: mangluoi $command" "$out"
    for part in Options: Examples: "Exit codes:" --gazetteers --quiet; do
        says "$part" "$out"
    done
    cp "$out" "$work/help"
    expect 0 help "$command"
    same "$out" "$work/help"
    expect 0 "$command" --version
    says "mangluoi " "$out"
    expect 2 "$command" --no-such-option
    says "--no-such-option" "$err"
    expect 2 "$command" -Z
    says "-Z" "$err"
    expect 2 "$command"
    silent "$out"
done

expect 2 extrcat x
says "did you mean extract?" "$err"
expect 2 extract --treads 2 x
says "did you mean --threads?" "$err"
expect 2 gazetteer lokup x
says "did you mean lookup?" "$err"
expect 2 extract --date
says "--date needs a value" "$err"
expect 2 extract --quiet=yes x
says "takes no value" "$err"
for number in 0 x -1 1000000 99999999999999999999; do
    expect 2 extract -j "$number" x
done
expect 2 extract --input xml x
expect 2 extract --date yesterday "$SOURCE/docs/samples"
says yesterday "$err"
expect 2 build docs/samples
says "-o FILE" "$err"
expect 2 build docs/samples -o network.docx
says ".graphml, .gexf, .json" "$err"
[ ! -e network.docx ] || fail "a file of no format was written"
expect 2 build docs/samples --summary=many
expect 2 evaluate records.jsonl
says "--gold" "$err"
expect 2 gazetteer lookup
expect 2 gazetteer list no-such-table

#!/bin/sh
# Every #include in src/ obeys docs/layers.txt.
# shellcheck disable=SC2044,SC2046 # file names have no spaces here
set -eu

awk '
# The library that a header in angle brackets belongs to; "" is libc.
function library(header) {
    if (header ~ /^igraph/) return "igraph"
    if (header ~ /^cjson/) return "cjson"
    if (header == "utf8proc.h") return "utf8proc"
    if (header == "sqlite3.h") return "sqlite3"
    if (header == "zlib.h") return "zlib"
    if (header == "lzma.h") return "lzma"
    if (header == "zstd.h") return "zstd"
    if (header == "pthread.h") return "pthread"
    if (header == "dlfcn.h") return "dl"
    if (header ~ /^(assert|dirent|errno|fcntl|float|inttypes|limits|math|signal|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|time|unistd)\.h$/) return ""
    if (header ~ /^sys\/(stat|types)\.h$/) return ""
    if (header == "emmintrin.h") return "" # what every x86-64 can do; behind #ifdef __SSE2__
    return "unknown"
}
function complain(why) {
    printf "%s:%d: %s: docs/layers.txt says who may include whom\n", FILENAME, FNR, why
    bad = 1
}
FILENAME == "docs/layers.txt" {
    if ($0 ~ /^#/ || $0 ~ /^[ ]*$/) next
    split($0, part, /[ ]*:[ ]*/)
    rooms[part[1]] = " " part[2] " "
    libraries[part[1]] = " " part[3] " "
    next
}
{
    path = FILENAME
    sub(/^src\//, "", path)
    room = path ~ /\// ? path : ""
    sub(/\/.*/, "", room)
    if (room == "") next  # mangluoi.h and mangluoi.c, the front of the house
    if (!(room in rooms)) { complain("the room " room " is in no row"); nextfile }
}
/^[ ]*#[ ]*include[ ]*"/ {
    split($0, piece, "\"")
    header = piece[2]
    if (header == "mangluoi.h") next
    if (header !~ /\//) { complain("\"" header "\" is not written from src/"); next }
    other = header
    sub(/\/.*/, "", other)
    if (other == room) next
    if (other == "base" && rooms[room] !~ / NONE /) next
    if (index(rooms[room], " " other " ") == 0) complain(room " may not include " other)
    else if (header != other "/" other ".h") complain("of " other " only the door " other "/" other ".h may be included")
}
/^[ ]*#[ ]*include[ ]*</ {
    header = $0
    sub(/^[^<]*</, "", header)
    sub(/>.*/, "", header)
    used = library(header)
    if (used == "unknown") complain("<" header "> is not known here; name it in tests/lint/layers.sh")
    else if (used != "" && index(libraries[room], " " used " ") == 0) complain(room " may not use " used)
}
END { exit bad }
' docs/layers.txt $(find src -name '*.[ch]' | sort)

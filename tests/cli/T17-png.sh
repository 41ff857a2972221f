#!/bin/sh
# The picture in dots: whole, of the size that the SVG says, drawn upon; and a clear word where librsvg is not there.
. tests/cli/lib.sh
export LSAN_OPTIONS="suppressions=$SOURCE/tests/lsan.supp:print_suppressions=0" # fontconfig's tables of fonts

expect 0 build -q --date 2019-10-15 docs/samples -o "$work/a.png" -o "$work/a.svg"
python3 - "$work/a.png" "$work/a.svg" <<'PY'
import re, struct, sys, zlib
png, svg = open(sys.argv[1], "rb").read(), open(sys.argv[2]).read()
assert png[:8] == b"\x89PNG\r\n\x1a\n"
at, data, kinds = 8, b"", []
while at < len(png):
    length, kind = struct.unpack(">I4s", png[at:at + 8])
    body = png[at + 8:at + 8 + length]
    assert zlib.crc32(kind + body) == struct.unpack(">I", png[at + 8 + length:at + 12 + length])[0]
    kinds.append(kind)
    data += body if kind == b"IDAT" else b""
    if kind == b"IHDR":
        width, height, depth, colour = struct.unpack(">IIBB", body[:10])
    at += 12 + length
assert kinds[0] == b"IHDR" and kinds[-1] == b"IEND", kinds
shown = [float(re.search(rf' {side}="([0-9.]+)"', svg).group(1)) for side in ("width", "height")]
assert abs(width - 2 * shown[0]) <= 1 and abs(height - 2 * shown[1]) <= 1, (width, height, shown)
assert (depth, colour) == (8, 6)
assert len(zlib.decompress(data)) == height * (4 * width + 1)
assert len(data) > 50_000, "hardly anything is drawn"
PY
expect 0 build -q --date 2019-10-15 docs/samples --format png -o -
same "$out" "$work/a.png"

# Where the library cannot be loaded (what stands in its place is none), the error says what to do, and no file is left.
mkdir "$work/none"
printf 'no library' >"$work/none/librsvg-2.so.2"
code=0
LD_LIBRARY_PATH="$work/none" "$MANGLUOI" build -q --date 2019-10-15 docs/samples -o "$work/b.png" 2>"$err" || code=$?
[ "$code" -eq 2 ] || fail "exit code $code, not 2"
says "apt-get install librsvg2-2" "$err"
[ ! -e "$work/b.png" ] || fail "a file was left"

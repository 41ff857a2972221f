#!/bin/sh
# The Debian package: what is unpacked of it runs, finds its tables, and names the libraries that it needs.
. tests/cli/lib.sh

command -v dpkg-shlibdeps >/dev/null || skip "dpkg-dev is not installed"
command -v cpack >/dev/null || skip "there is no cpack"
cpack -G DEB --config "$BUILD/CPackConfig.cmake" -B "$work/package" >"$out" 2>"$err" || fail "cpack"
package=$(find "$work/package" -maxdepth 1 -name 'mangluoi_*.deb')
[ -f "$package" ] || fail "no package"
dpkg-deb -f "$package" Depends >"$out"
for library in libigraph libcjson libutf8proc libzstd; do
    says "$library" "$out"
done
dpkg-deb -x "$package" "$work/unpacked"
MANGLUOI=$work/unpacked/usr/bin/mangluoi
printf '%s\n' "$sentence" >"$work/one.txt"
cd "$work"
expect 0 extract one.txt
says '"name":"UBND tỉnh Nam Định"' "$out"
for file in man/man1/mangluoi.1 bash-completion/completions/mangluoi zsh/site-functions/_mangluoi \
    fish/vendor_completions.d/mangluoi.fish mangluoi/gazetteers/localities.tsv mangluoi/models/relations.rules; do
    [ -s "unpacked/usr/share/$file" ] || fail "the package lacks $file"
done

#!/bin/sh
# The installed tree: program, library and tables, for pkg-config and CMake, moved to another place.
. tests/cli/lib.sh

cmake --install "$BUILD" --prefix "$work/first" >/dev/null
mv "$work/first" "$work/usr"
printf '%s\n' "$sentence" >"$work/one.txt"
expect 0 extract "$work/one.txt"
cp "$out" "$work/record"

MANGLUOI=$work/usr/bin/mangluoi
cd "$work"
expect 0 extract one.txt
same "$out" record

grep -rlF "$SOURCE" "$work/usr/lib" "$work/usr/include" "$work/usr/share" --include='*.cmake' --include='*.pc' --include='*.h' &&
    fail "the installation names the folder of the sources"
library=$(dirname "$(find usr -name libmangluoi.so)")
[ -e "$library/libmangluoi.a" ] || fail "no static library"
gazetteers=$work/usr/share/mangluoi/gazetteers
models=$work/usr/share/mangluoi/models
[ ! -e "$gazetteers/tools" ] || fail "the tools of the tables were installed"

# Whatever the build was compiled with is needed again.
flags=
if nm -D "$library/libmangluoi.so" | grep -q __asan_; then
    flags='-fsanitize=address,undefined'
fi
PKG_CONFIG_PATH=$work/$library/pkgconfig
export PKG_CONFIG_PATH
# shellcheck disable=SC2046,SC2086 # words
cc $flags "$SOURCE/docs/example/example.c" -o example $(pkg-config --cflags --libs mangluoi)
LD_LIBRARY_PATH=$work/$library ./example "$gazetteers" "$models" "$sentence" >"$out" 2>"$err" || fail "the example failed"
says '"name":"UBND tỉnh Nam Định"' "$out"
export CMAKE_GENERATOR=Ninja
cmake -S "$SOURCE/docs/example" -B cmake-build -DCMAKE_PREFIX_PATH="$work/usr" -DCMAKE_C_FLAGS="$flags" >"$out" 2>"$err" ||
    fail "find_package(mangluoi)"
cmake --build cmake-build >"$out" 2>"$err" || fail "the build with the CMake package"
cmake-build/example "$gazetteers" "$models" "$sentence" >"$out" 2>"$err" || fail "the example by CMake failed"
says '"name":"UBND tỉnh Nam Định"' "$out"

# The static library: find_package finds what it stands on.
mkdir static
cat >static/version.c <<'C'
#include <mangluoi.h>
#include <stdio.h>
int main(void)
{
    return puts(ml_version()) < 0;
}
C
cat >static/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.22)
project(version C)
find_package(mangluoi REQUIRED COMPONENTS static)
add_executable(version version.c)
target_link_libraries(version PRIVATE mangluoi::static)
CMAKE
cmake -S static -B static-build -DCMAKE_PREFIX_PATH="$work/usr" -DCMAKE_C_FLAGS="$flags" >"$out" 2>"$err" ||
    fail "find_package(mangluoi COMPONENTS static)"
cmake --build static-build >"$out" 2>"$err" || fail "the build with the static library"
[ "$(static-build/version)" = "$(pkg-config --modversion mangluoi)" ] || fail "versions differ"

# The header alone is enough for C++.
if command -v c++ >/dev/null; then
    printf '#include <mangluoi.h>\nint main() { return ml_version() == nullptr; }\n' >words.cc
    # shellcheck disable=SC2046,SC2086
    c++ $flags -Wall -Wextra -Wpedantic -Werror words.cc -o words++ $(pkg-config --cflags --libs mangluoi)
fi

#!/bin/sh
# One word a task: `sh make.sh demo`. The Makefile forwards to this file, which also runs where make is not installed.
# Installs what a task needs and the machine lacks, with apt-get where there is one. Everything built goes to build/.
set -eu
cd "$(dirname "$0")"

build=build
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# What the tasks need: `tool` or `library.pc`, and the Debian package that has it.
to_build='cmake:cmake ninja:ninja-build gcc:gcc /usr/include/stdio.h:libc6-dev pkg-config:pkg-config
    igraph.pc:libigraph-dev libutf8proc.pc:libutf8proc-dev libcjson.pc:libcjson-dev sqlite3.pc:libsqlite3-dev
    zlib.pc:zlib1g-dev liblzma.pc:liblzma-dev libzstd.pc:libzstd-dev'
to_test='cmocka.pc:libcmocka-dev clang-format:clang-format python3:python3 ensurepip.py:python3-venv
    localedef:libc-bin /usr/share/i18n/locales/vi_VN:locales gzip:gzip xz:xz-utils zstd:zstd
    node:nodejs npm:npm chromium:chromium dot:graphviz rsvg-convert:librsvg2-bin zsh:zsh fish:fish groff:groff-base
    dpkg-shlibdeps:dpkg-dev file:file strace:strace'
to_lint='clang:clang clang-tidy:clang-tidy shellcheck:shellcheck'
to_fuzz='clang:clang libclang_rt.fuzzer.a:libclang-rt-14-dev'

help() {
    cat <<TEXT
sh make.sh TASK (or: make TASK)

  demo    build the program, turn the sample articles into a network in build/demo/
  test    build with sanitizers in build/test/, run every test
  build   build the program and the library, no more
  lint    clang-tidy over the sources, shellcheck over the scripts, the tests of the code's shape
  format  bring the sources into the project's format
  docs    bring the sessions and pictures of the README, the questions and the notebooks up to date
  package build a Debian package, build/mangluoi_VERSION_ARCH.deb
  python  build the Python module as a wheel, build/python/dist/
  spark   run the module on a Spark cluster of two workers on this machine, over the sample articles
  page    make src/page/page.html, the page of the command view, of src/page/parts/ and the libraries it names
  bench   measure the speed of extraction, and of a store of BENCH_ARTICLES (1000000) articles
  train   make models/name-weights.tsv anew, from the articles of ../shared
  fuzz    run each fuzz target for FUZZ_SECONDS (60)
  clean   remove build/
TEXT
}

say() {
    printf '== %s\n' "$*"
}

give_up() {
    printf 'make.sh: %s\n' "$*" >&2
    exit 1
}

# Is the need at hand? A tool on the PATH, a library's .pc file, a module of python3, a part of clang, or a file.
have() {
    case $1 in
    /*) [ -e "$1" ] ;;
    *.pc) pkg-config --exists "${1%.pc}" 2>/dev/null ;;
    *.py) python3 -c "import ${1%.py}" 2>/dev/null ;;
    *.a) clang -print-runtime-dir >/dev/null 2>&1 && ls "$(clang -print-resource-dir)"/lib/*/"${1%.a}"*.a >/dev/null 2>&1 ;;
    *) command -v "$1" >/dev/null 2>&1 ;;
    esac
}

# Installs the packages of the needs that are not at hand.
need() {
    missing=
    for pair in "$@"; do
        have "${pair%%:*}" || missing="$missing ${pair#*:}"
    done
    [ -n "$missing" ] || return 0
    command -v apt-get >/dev/null 2>&1 ||
        give_up "there is no apt-get here; install what these Debian packages hold, then try again:$missing"
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null 2>&1 || give_up "there is no sudo here; as root, do: apt-get install$missing"
        as_root=sudo
    fi
    say "installing$missing"
    mkdir -p $build
    # The package lists of a bare machine are empty or old.
    # shellcheck disable=SC2086 # one word a package
    if ! { $as_root apt-get -o Acquire::Retries=3 -q update &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=3 -q install -y \
            --no-install-recommends $missing; } >$build/apt.log 2>&1; then
        cat $build/apt.log >&2
        give_up "apt-get could not install$missing"
    fi
}

# Configures and builds one of the presets of CMakePresets.json; what is said of it is shown when it fails.
compile() {
    mkdir -p $build
    say "compiling ($1)"
    if ! cmake --preset "$1" >"$build/$1.log" 2>&1 || ! cmake --build --preset "$1" -j "$jobs" >>"$build/$1.log" 2>&1; then
        cat "$build/$1.log" >&2
        give_up "it does not compile; see above"
    fi
}

task_build() {
    # shellcheck disable=SC2086 # one word a need
    need $to_build
    compile release
}

task_demo() {
    task_build
    mkdir -p "$build/demo"
    say "extracting docs/samples"
    $build/mangluoi extract -q --date 2019-10-15 docs/samples -o $build/demo/records.jsonl
    $build/mangluoi build -q $build/demo/records.jsonl --summary \
        -o $build/demo/network.graphml -o $build/demo/network.json -o $build/demo/network.svg
    $build/mangluoi view -q --date 2019-10-15 docs/samples -o $build/demo/samples.html
    cat <<TEXT

Written to $build/demo/:
  records.jsonl     what each article says, one line an article
  network.graphml   the network, for Gephi, Cytoscape, igraph, NetworkX
  network.json      the same as NetworkX node-link JSON
  network.svg       the same as a picture: open it in a browser
  samples.html      the same as a page to search and filter, with the sentences: open it in a browser

Try next:
  $build/mangluoi build YOUR-ARTICLE.txt --summary
  $build/mangluoi extract docs/samples/*.txt | head -n 1
  $build/mangluoi gazetteer lookup 'nam dinh' --date 2019-08-17
  $build/mangluoi --help
TEXT
}

# Runs a command up to three times; its last words are shown when it fails each time.
try_thrice() {
    for try in 1 2 3; do
        "$@" >$build/try.log 2>&1 && return 0
        sleep $((try * 5))
    done
    tail -n 3 $build/try.log
    return 1
}

# The lists of packages that the tests need.
readers='tests/requirements.txt tests/requirements-model.txt tests/node/package-lock.json src/page/parts/package-lock.json'

# Node's packages of folder $1, put into $build/$2.
install_packages() {
    mkdir -p "$build/$2" && cp "$1/package.json" "$1/package-lock.json" "$build/$2/" &&
        try_thrice npm ci --prefix "$build/$2" --ignore-scripts --no-audit --no-fund
}

# Does the folder hold what these lists of packages ask for? The lists are kept beside what was installed from them.
# shellcheck disable=SC2086 # one word a file
is_installed() {
    cat $readers | cmp -s - $build/readers.txt
}

# Of followthemoney the tests read its model alone, which needs none of the many packages that the program needs.
install_readers() {
    python3 -m venv --clear $build/venv &&
        try_thrice $build/venv/bin/python -m pip install -q --disable-pip-version-check -r tests/requirements.txt &&
        try_thrice $build/venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -r tests/requirements-model.txt &&
        install_packages tests/node node && install_packages src/page/parts page
}

# The packages of Python and Node that read our files as their users would, in folders of the build. Without them all other
# tests run.
# shellcheck disable=SC2086 # one word a file
make_readers() {
    mkdir -p $build
    ! is_installed || return 0
    say "installing what reads our files in the tests"
    if install_readers; then
        cat $readers >$build/readers.txt
    else
        say "not all could be installed: what other programs make of our files is not tested this time"
    fi
}

# The wheel carries the library, the libraries below it and the tables. What it is made of is laid out in build/python/.
# shellcheck disable=SC2086 # one word a file
make_wheel() {
    wheel=$build/python
    rm -rf $wheel && mkdir -p $wheel && cp -R src/python/. $wheel/ &&
        mkdir $wheel/mangluoi/gazetteers $wheel/mangluoi/models &&
        cp gazetteers/*.tsv $wheel/mangluoi/gazetteers/ && cp models/*.tsv models/*.rules $wheel/mangluoi/models/ &&
        cp -L $build/libmangluoi.so $wheel/mangluoi/ &&
        MANGLUOI_VERSION=$($build/mangluoi --version | cut -d' ' -f2) $build/venv/bin/python -m pip wheel -q \
            --disable-pip-version-check --no-deps --no-build-isolation -w $wheel/bare $wheel &&
        PATH="$PWD/$build/venv/bin:$PATH" $build/venv/bin/auditwheel repair --plat auto -w $wheel/dist $wheel/bare/*.whl >$build/wheel.log 2>&1
}

task_python() {
    task_build
    need python3:python3 ensurepip.py:python3-venv
    make_readers
    say "building the wheel"
    make_wheel || give_up "the wheel could not be built; see above"
    ls $build/python/dist/*.whl
}

# Spark and the wheel in an environment of their own, build/spark/.
# shellcheck disable=SC2086 # one word a file
make_spark() {
    { cat tests/spark/requirements.txt && cksum $build/python/dist/*.whl; } >$build/spark.now
    ! cmp -s $build/spark.now $build/spark.txt || return 0
    say "installing Spark"
    python3 -m venv --clear $build/spark &&
        try_thrice $build/spark/bin/python -m pip install -q --disable-pip-version-check -r tests/spark/requirements.txt &&
        $build/spark/bin/python -m pip install -q --disable-pip-version-check --no-index --no-deps $build/python/dist/*.whl &&
        mv $build/spark.now $build/spark.txt && return 0
    rm -rf $build/spark
    return 1
}

task_spark() {
    need java:default-jre-headless
    task_python
    make_spark || give_up "Spark could not be installed"
    SOURCE=$PWD sh tests/spark/cluster.sh
}

task_test() {
    # shellcheck disable=SC2086 # one word a need
    need $to_build $to_test java:default-jre-headless
    make_readers
    if is_installed; then
        compile release
        say "building the wheel"
        make_wheel || give_up "the wheel could not be built; see above"
        make_spark || say "Spark could not be installed: it is not tested this time"
    fi
    compile test
    ctest --preset test -j "$jobs"
}

task_lint() {
    # shellcheck disable=SC2086 # one word a need
    need $to_build $to_test $to_lint
    compile test
    say "shellcheck"
    shellcheck make.sh .ci/run tests/*.sh tests/*/*.sh
    say "clang-tidy"
    find src -name '*.c' -print0 | xargs -0 -n 4 -P "$jobs" clang-tidy -quiet -p $build/test 2>$build/clang-tidy.log ||
        give_up "clang-tidy has complaints; see above"
    ctest --preset test -L lint
}

task_docs() {
    need python3:python3 ensurepip.py:python3-venv node:nodejs npm:npm chromium:chromium
    task_demo >/dev/null
    python3 tests/readme.py --write $build/mangluoi
    cp $build/demo/network.svg docs/images/network.svg
    make_readers
    $build/venv/bin/python tests/notebooks.py --write $build/mangluoi
    corpus=../shared/corpus/news-2017.jsonl.xz
    [ ! -f $corpus ] || python3 tests/readme.py --write $build/mangluoi docs/QUESTIONS.md $corpus
    node tests/exports/check_pages.cjs $build/node/node_modules "$(command -v chromium)" "$PWD/$build/demo" "$PWD/docs/images"
}

# The page is committed, so that the program can be built where npm or its registry is not at hand.
task_page() {
    need node:nodejs npm:npm
    mkdir -p $build
    install_packages src/page/parts page || give_up "npm could not install what src/page/parts/package-lock.json names"
    cp src/page/parts/* $build/page/
    node $build/page/build.mjs src/page/page.html
}

task_package() {
    # shellcheck disable=SC2086 # one word a need
    need $to_build dpkg-shlibdeps:dpkg-dev file:file
    compile release
    (cd $build && cpack -G DEB)
}

task_format() {
    need clang-format:clang-format
    find src tests docs -name '*.[ch]' -exec clang-format -i {} +
}

task_bench() {
    # shellcheck disable=SC2086 # one word a need
    need xz:xz-utils python3:python3
    task_build
    sh tests/bench.sh $build/mangluoi
    sh tests/bench/store.sh $build/mangluoi
}

task_train() {
    for input in ../shared/corpus/news-2017.jsonl.xz ../shared/gold/dev; do
        [ -e "$input" ] || give_up "the articles that the model is trained on are not here: $input"
    done
    task_build
    say "training"
    $build/train -o models/name-weights.tsv gazetteers models ../shared/corpus/news-2017.jsonl.xz ../shared/gold/dev/*.gold
}

task_fuzz() {
    # shellcheck disable=SC2086 # one word a need
    need $to_build $to_fuzz
    compile fuzz
    sh tests/fuzz/run.sh $build/fuzz "${FUZZ_SECONDS:-60}"
}

task_clean() {
    rm -rf $build
}

[ $# -gt 0 ] || set -- help
for task in "$@"; do
    case $task in
    help) help ;;
    build | demo | test | lint | format | docs | page | package | python | spark | bench | train | fuzz | clean) "task_$task" ;;
    *) give_up "there is no task $task; \`sh make.sh help\` lists them" ;;
    esac
done

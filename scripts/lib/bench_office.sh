# bench_office - an office in a scratch directory below build/, and programs that run for it
#
# Sourced by scripts/bench; expects to be run from the root of the tree. Everything that is started
# ends with the script, and everything that is written goes.

ready_seconds=60 # an office with a long tail to replay takes a while
stop_seconds=60

say() {
    printf '%s\n' "$1" >&2
}

# Makes the release programs, and the scratch directory.
bench_prepare() {
    mkdir -p build
    if ! cmake --preset release >build/bench-build.txt 2>&1 ||
        ! cmake --build build/release --target awardd awardctl award-bench award-scoring \
            award-notification award-revocation >build/bench-build.txt 2>&1; then
        tail -n 20 build/bench-build.txt >&2
        exit 1
    fi
    bin=$PWD/build/release/bin
    scratch=$(mktemp -d "$PWD/build/bench-XXXXXX") || exit 1
    office=$scratch/office
    daemon=
    helpers=
    : >"$scratch/awardd.txt"
    trap bench_finish EXIT
    trap 'exit 130' INT TERM
    say "文件系统 / file system: $(df --output=fstype "$scratch" | tail -n 1), $(nproc) 个处理器 / processors"
}

# Ends a program by a signal and gives its status; by force where it does not end.
process_end() { # SIGNAL PID
    local waited=0
    kill "-$1" "$2" 2>/dev/null
    while kill -0 "$2" 2>/dev/null && [ "$waited" -lt $((stop_seconds * 10)) ]; do
        sleep 0.1
        waited=$((waited + 1))
    done
    kill -KILL "$2" 2>/dev/null
    wait "$2"
}

daemon_stop() {
    [ -n "$daemon" ] || return 0
    local pid=$daemon
    daemon=
    if ! process_end TERM "$pid"; then
        say '协调程序未正常停止 / awardd did not stop cleanly:'
        tail -n 20 "$scratch/awardd.txt" >&2
        return 1
    fi
}

helpers_stop() {
    local pid
    for pid in $helpers; do
        process_end TERM "$pid"
    done
    helpers=
}

bench_finish() {
    postgresql_end
    helpers_stop
    [ -z "$daemon" ] || process_end TERM "$daemon"
    rm -rf "$scratch"
}

# What a program that ends by itself says, only where it fails.
quietly() {
    "$@" >"$scratch/said.txt" 2>&1 && return 0
    cat "$scratch/said.txt" >&2
    exit 1
}

# The same, and how far it is.
aloud() {
    "$@" >"$scratch/said.txt" && return 0
    cat "$scratch/said.txt" >&2
    exit 1
}

# A pipe says when the line comes; a daemon that ends closes it.
daemon_start() {
    local ready='' line
    rm -f "$scratch/log"
    mkfifo "$scratch/log"
    "$bin/awardd" --config "$office/awardd.yaml" >"$scratch/log" 2>&1 &
    daemon=$!
    exec 3<"$scratch/log"
    while IFS= read -r -t "$ready_seconds" line <&3; do
        printf '%s\n' "$line" >>"$scratch/awardd.txt"
        case "$line" in
        *' ready '*)
            ready=yes
            break
            ;;
        esac
    done
    if [ -z "$ready" ]; then
        say '协调程序没有就绪 / awardd did not become ready:'
        cat "$scratch/awardd.txt" >&2
        exit 1
    fi
    cat <&3 >>"$scratch/awardd.txt" &
    exec 3<&-
}

worker_start() { # PROGRAM KEY OPTIONS...
    local program=$1 key=$2
    shift 2
    "$bin/$program" --endpoint "ipc://$office/run/workers.sock" --server-key "$(server_key)" \
        --key "$office/keys/$key.key" "$@" >>"$scratch/workers.txt" 2>&1 &
    helpers="$helpers $!"
}

server_key() {
    sed -n 's/^server_public_key: "\(.*\)"/\1/p' "$office/awardctl.yaml"
}

office_copy() { # FROM TO
    rm -rf "$2"
    cp -a "$1" "$2" && sync -f "$2"
}

# An office on a manual clock that was told so much, and whose workers did their part. Some lines of
# a year are there to be rejected.
office_make_of() { # START PEOPLE EVENTS
    rm -rf "$office"
    quietly "$bin/awardctl" init "$office" --city 重庆 --clock manual --start "$1" --people "$2"
    mkdir "$office/spool"
    daemon_start
    worker_start award-scoring worker-scoring
    worker_start award-notification worker-notification --spool "$office/spool"
    worker_start award-revocation worker-revocation
    "$bin/awardctl" --home "$office" push "$3" --settle >"$scratch/said.txt" 2>&1
    [ $? -le 1 ] || {
        tail -n 20 "$scratch/said.txt" >&2
        exit 1
    }
    helpers_stop
    daemon_stop || exit 1
}

# An office that has the exemplars (clients/bench/exemplars.h).
office_make() {
    office_make_of 2018-02-28T09:00:00+08:00 clients/bench/exemplars.people.yaml \
        clients/bench/exemplars.jsonl
}

# The same with so many cases.
office_make_with() { # CASES
    office_make
    aloud "$bin/award-bench" --home "$office" --make-cases "$1"
    aloud "$bin/awardd" --config "$office/awardd.yaml" rebuild
}

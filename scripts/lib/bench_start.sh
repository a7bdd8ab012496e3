# bench_start - how soon a coordinator is ready, and what memory it takes
#
# Sourced by scripts/bench. The office has so many cases that a burst meets real work, and for the
# rest of its entries enterprises.

start_cases=20000
start_in_flight=256

now_ms() {
    local now=${EPOCHREALTIME/[.,]/}
    printf '%s' "${now%???}"
}

# NAME: how long a command takes. Its own status.
timed() { # NAME COMMAND...
    local name=$1 begun status
    shift
    begun=$(now_ms)
    "$@"
    status=$?
    figure_put "$name" $(($(now_ms) - begun)) ms
    return "$status"
}

start_office() {
    office_make
    aloud "$bin/award-bench" --home "$office" --make-cases "$start_cases"
    aloud "$bin/award-bench" --home "$office" --make-enterprises $((entries - start_cases))
    timed rebuild aloud "$bin/awardd" --config "$office/awardd.yaml" rebuild
    figure_put rebuild_rate $((entries * 1000 / (figure[rebuild] + 1))) 'entries/s'
}

# Once before, so that what is measured is a start after a stop.
start_clean() {
    daemon_start && daemon_stop || return 1
    timed start_clean daemon_start || return 1
    figure_put memory_rest "$(sed -n 's/^RssAnon:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$daemon/status")" KiB
}

start_load() { # ROUND SECONDS
    "$bin/award-bench" --home "$office" --load "$start_in_flight" --clients 1 --packed 1 \
        --cases "$start_cases" --round "$1" --rounds 2 --seconds "$2" --pid "$daemon"
}

start_burst() {
    start_load 1 "$seconds" >"$scratch/figures" || return 1
    figures_take "$scratch/figures"
}

# While it is at work; what its client says then is no finding.
start_killed() {
    local load
    start_load 2 1000 >"$scratch/said.txt" 2>&1 &
    load=$!
    sleep "$seconds"
    kill -KILL "$daemon" "$load"
    wait "$daemon" "$load" 2>/dev/null
    daemon=
    "$bin/award-bench" --home "$office" --tail yes >"$scratch/figures" || return 1
    figures_take "$scratch/figures"
    timed start_killed daemon_start
}

start_print() {
    local name
    if [ "$output" = json ]; then
        figures_print_json "\"entries\": $entries, \"in_flight\": $start_in_flight"
        return
    fi
    local -A labels=(
        [rebuild]='重建状态 / the state made anew'
        [rebuild_rate]='其速率 / its rate'
        [start_clean]='正常停止后就绪 / ready after a clean stop'
        [memory_rest]='自有内存，空闲 / own memory at rest'
        [load_rate]='突发负载 / burst'
        [memory_peak]='自有内存，其间最高 / own memory, at most in it'
        [memory_after]='自有内存，其后 / own memory after it'
        [tail]='SIGKILL 时状态未及的日志 / entries that the state lacked at SIGKILL'
        [start_killed]='随后就绪 / ready after that'
    )
    for name in rebuild rebuild_rate start_clean memory_rest load_rate memory_peak memory_after \
        tail start_killed; do
        printf '%12s %-9s %s\n' "${figure[$name]}" "${unit[$name]}" "${labels[$name]}"
    done
}

start_measure() {
    figures_forget
    start_office && start_clean && start_burst && start_killed || return 1
    daemon_stop && quietly "$bin/awardd" --config "$office/awardd.yaml" verify && start_print
}

# bench_loads - events of the year acknowledged a second, beside what else the same disk admits
#
# Sourced by scripts/bench. Each load meets an office with so many cases; the raw limit is taken on
# another that was its copy before the load, so it writes the same to the same state. While both are
# small enough they are made anew for each load; larger ones grow from load to load, both alike.

fresh_cases_max=100000
matrix_cases='1000 100000 1000000'

# IN-FLIGHT CLIENTS PACKED, a line each. Fewer events than clients in flight, or less than two in a
# message of each, are no such load.
loads_all() {
    local clients in_flight packed
    for clients in 1 8; do
        for in_flight in 1 16 256 2048; do
            for packed in 1 64; do
                [ $((in_flight / clients)) -ge $((packed > 1 ? 2 : 1)) ] &&
                    echo "$in_flight $clients $packed"
            done
        done
    done
}

loads_few() { # CLIENTS
    local in_flight=${loads_in_flight}
    if [ -n "$in_flight" ]; then
        echo "$in_flight $1 1"
        return
    fi
    for in_flight in 1 16 256 2048; do
        [ "$in_flight" -ge "$1" ] && echo "$in_flight $1 1"
    done
    echo "256 $1 64"
    echo "2048 $1 64"
}

# ---- Offices

offices_begin() { # CASES
    say "案件 / cases: $1 …"
    office_make_with "$1"
    if [ "$1" -le "$fresh_cases_max" ]; then
        rm -rf "$scratch/template"
        mv "$office" "$scratch/template"
    else
        office_copy "$office" "$scratch/other"
    fi
}

offices_next() {
    [ -d "$scratch/template" ] || return 0
    office_copy "$scratch/template" "$office" && office_copy "$scratch/template" "$scratch/other"
}

offices_end() {
    rm -rf "$scratch/template" "$office" "$scratch/other"
}

# ---- One load

# In $figure: the load, the raw limit, the peers and the ratios.
load_measure() { # CASES IN-FLIGHT CLIENTS PACKED ROUND ROUNDS
    figures_forget
    offices_next && daemon_start || return 1
    "$bin/award-bench" --home "$office" --load "$2" --clients "$3" --packed "$4" --cases "$1" \
        ${hot:+--hot "$hot"} --round "$5" --rounds "$6" --seconds "$seconds" --pid "$daemon" >"$scratch/figures" ||
        return 1
    daemon_stop || return 1
    figures_take "$scratch/figures"
    "$bin/award-bench" --home "$scratch/other" --repeat "$office" --first "${figure[load_first]}" \
        --last "${figure[load_last]}" --group "$2" >"$scratch/figures" || return 1
    figures_take "$scratch/figures"
    [ -z "$peers" ] || peers_measure "$2" "${figure[entry_bytes]}" || return 1
    ratio_put of_raw load_rate raw_rate
    ratio_put of_redis load_rate redis_rate
    ratio_put of_postgresql load_rate postgresql_rate
}

# ---- Printing

loads_head() {
    [ "$output" = table ] || return 0
    printf '%8s %7s %9s %6s %9s %8s %8s %9s %9s %7s %9s %7s %9s %7s %8s %8s\n' \
        cases clients in-flight packed events/s 'p50 us' 'p99 us' longest raw/s ratio redis/s \
        ratio postgres ratio 'peak KiB' 'after'
}

load_print() { # CASES IN-FLIGHT CLIENTS PACKED
    if [ "$output" = json ]; then
        figures_print_json "\"cases\": $1, \"in_flight\": $2, \"clients\": $3, \"packed\": $4"
        return
    fi
    printf '%8s %7s %9s %6s %9s %8s %8s %9s %9s %7s %9s %7s %9s %7s %8s %8s\n' "$1" "$3" "$2" \
        "$4" "$(cell load_rate)" "$(cell load_p50)" "$(cell load_p99)" "$(cell load_longest)" \
        "$(cell raw_rate)" "$(cell_thousandths of_raw)" "$(cell redis_rate)" \
        "$(cell_thousandths of_redis)" "$(cell postgresql_rate)" \
        "$(cell_thousandths of_postgresql)" "$(cell memory_peak)" "$(cell memory_after)"
}

# ---- All

loads_of_measure() { # CASES LOADS
    local rounds round=0 share in_flight clients packed
    rounds=$(wc -l <<<"$2")
    offices_begin "$1"
    [ -z "$peers" ] || peers_begin "$1" || return 1
    while read -r in_flight clients packed; do
        round=$((round + 1))
        say "$1 × $in_flight/$clients/$packed ($round/$rounds)"
        share="$round $rounds" # of what there is to score, where the office stays the same
        [ ! -d "$scratch/template" ] || share='1 1'
        # shellcheck disable=SC2086 # two numbers
        load_measure "$1" "$in_flight" "$clients" "$packed" $share || return 1
        load_print "$1" "$in_flight" "$clients" "$packed"
    done <<<"$2"
    [ -z "$peers" ] || peers_end
    offices_end
}

loads_measure() {
    local of
    loads_head
    for of in ${cases:-$([ -n "$matrix" ] && echo "$matrix_cases" || echo 1000)}; do
        loads_of_measure "$of" "$([ -n "$matrix" ] && loads_all || loads_few "$clients")" || return 1
    done
}

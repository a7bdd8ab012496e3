# bench_rules - decisions a second, from memory, on one processor
#
# Sourced by scripts/bench. Two journals are decided again: a year of an office, with what became
# due in it, and a short load (scripts/lib/bench_loads.sh).

rules_load_cases=200

rules_print_json() { # JOURNAL
    local name kind what
    for name in "${figure_names[@]}"; do
        kind=${name%_*}
        what=${name##*_}
        printf '{"name": "decisions_%s", "parameters": {"journal": "%s", "event": "%s"}, "value": %s, "unit": "%s"}\n' \
            "$what" "$1" "$kind" "${figure[$name]}" "${unit[$name]}"
    done
}

rules_print() { # JOURNAL
    local name kind
    if [ "$output" = json ]; then
        rules_print_json "$1"
        return
    fi
    printf '%-6s %-36s %7s %12s %12s %12s\n' journal event events decisions/s allocations 'arena bytes'
    for name in "${figure_names[@]}"; do
        [ "${name%_rate}" != "$name" ] || continue
        kind=${name%_rate}
        printf '%-6s %-36s %7s %12s %12s %12s\n' "$1" "$kind" "$(cell "${kind}_events")" \
            "$(cell "$name")" "$(cell_thousandths "${kind}_allocations")" "$(cell "${kind}_arena")"
    done
}

rules_of_measure() { # JOURNAL
    figures_forget
    "$bin/award-bench" --home "$office" --decide yes >"$scratch/figures" || return 1
    figures_take "$scratch/figures"
    rules_print "$1"
}

rules_office_year() {
    office_make_of 2013-01-01T00:00:00+08:00 tests/scenarios/chongqing-2018.people.yaml \
        tests/scenarios/chongqing-2018.jsonl
}

rules_office_load() {
    office_make_with "$rules_load_cases" && daemon_start || return 1
    quietly "$bin/award-bench" --home "$office" --load 16 --clients 1 --packed 1 \
        --cases "$rules_load_cases" --seconds 1 --pid "$daemon"
    daemon_stop
}

rules_measure() {
    rules_office_year && rules_of_measure year || return 1
    rules_office_load && rules_of_measure load
}

# bench_deadlines - many deadlines that are due in one second
#
# Sourced by scripts/bench. The office is one on the real clock; the raw cost of
# what fires is taken on its copy from before.

prepare_seconds=500 # less than award-bench waits

office_empty() {
    rm -rf "$office"
    quietly "$bin/awardctl" init "$office" --city 重庆 --clock system
}

# The deadlines are made and folded while their moment is still so many seconds ahead. False where
# the machine was too slow for that.
deadlines_prepare() { # SECONDS
    local begun=$SECONDS
    quietly "$bin/award-bench" --home "$office" --make-deadlines "$deadlines" --due "$due" --in "$1"
    aloud "$bin/awardd" --config "$office/awardd.yaml" rebuild
    [ $((SECONDS - begun)) -lt $(($1 - 3)) ]
}

# As the program prints them, where they are JSON with what it was not told: how many are open.
deadlines_print() { # FILE
    local parameters="\"parameters\": {\"deadlines\": $deadlines, \"due\": $due}, "
    sed "s/^{\"name\": \"[a-z0-9_]*\", /&$parameters/" "$1"
}

deadlines_measure() {
    local ahead=$((15 + deadlines / 15000))
    office_empty
    until deadlines_prepare "$ahead"; do
        ahead=$((ahead * 2))
        if [ "$ahead" -gt "$prepare_seconds" ]; then
            say '机器太慢：期限在准备好之前已到期。请用较小的 --deadlines。'
            say 'The machine is too slow: the deadlines were due before all was ready; use fewer --deadlines.'
            return 1
        fi
        office_empty
    done
    office_copy "$office" "$scratch/other" && daemon_start
    "$bin/award-bench" --home "$office" --watch-firing "$due" --beside "$scratch/other" --pid "$daemon" \
        --output "$output" >"$scratch/figures" || return 1
    deadlines_print "$scratch/figures"
    daemon_stop && quietly "$bin/awardd" --config "$office/awardd.yaml" verify
}

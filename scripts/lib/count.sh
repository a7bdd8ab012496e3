# count - the tests that passed, failed and were skipped, over all kinds of runners
passed=0
failed=0
skipped=0

# What begins now, and how many seconds after the start.
heading() { # WHAT
    printf '== %4d s  %s\n' "$SECONDS" "$1"
}

count_passed() {
    passed=$((passed + 1))
}

count_failed() {
    printf 'FAILED: %s\n' "$1"
    failed=$((failed + 1))
}

# A Criterion program: its synthesis line has the counts; one that says none has crashed.
unit_run() { # PROGRAM NAME
    local output line tested passing
    output=$(ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=print_stacktrace=1 "$1" 2>&1)
    local status=$?
    line=$(printf '%s\n' "$output" | grep -a 'Synthesis:' | tail -n 1)
    tested=$(printf '%s\n' "$line" | sed -n 's/.*Tested: [^0-9]*\([0-9]*\).*/\1/p')
    passing=$(printf '%s\n' "$line" | sed -n 's/.*Passing: [^0-9]*\([0-9]*\).*/\1/p')
    if [ -z "$tested" ]; then
        printf '%s\n' "$output" | tail -n 20
        count_failed "$2 (no result)"
        return
    fi
    passed=$((passed + passing))
    failed=$((failed + tested - passing))
    if [ "$status" -ne 0 ] || [ "$tested" -ne "$passing" ]; then
        printf '%s\n' "$output" | grep -av '^\[SKIP\]\|Synthesis' | head -n 60
        [ "$tested" -eq "$passing" ] && count_failed "$2 (status $status)"
    fi
    printf '%s\n' "$output" | grep -a '^\[SKIP\]' && skipped=$((skipped + $(printf '%s\n' "$output" | grep -ac '^\[SKIP\]')))
    return 0
}

# What a Python file of unittest cases said: tests/scenarios/run.py closes with "passed failed
# skipped".
scenario_count() { # OUTPUT-FILE NAME
    local output line
    output=$(cat "$1")
    line=$(printf '%s\n' "$output" | tail -n 1)
    if ! printf '%s\n' "$line" | grep -qE '^counts [0-9]+ [0-9]+ [0-9]+$'; then
        printf '%s\n' "$output" | tail -n 30
        count_failed "$2 (no result)"
        return
    fi
    # shellcheck disable=SC2086 # three numbers
    set -- ${line#counts }
    passed=$((passed + $1))
    failed=$((failed + $2))
    skipped=$((skipped + $3))
    if [ "$2" -ne 0 ] || [ "$3" -ne 0 ]; then
        printf '%s\n' "$output" | sed '$d'
    fi
}

# Python files of unittest cases, two at a time: each has its own scratch directory and sockets. One
# that takes twenty minutes hangs, and is ended without a result.
scenarios_run() { # FILES...
    local file name
    rm -rf build/scenarios
    mkdir -p build/scenarios
    # shellcheck disable=SC2016 # for the shell that xargs starts
    printf '%s\n' "$@" | xargs -r -P 2 -I FILE sh -c '
        name=$(basename FILE .py)
        begun=$(date +%s)
        timeout --signal=INT --kill-after=60 1200 /usr/bin/python3 tests/scenarios/run.py FILE >"build/scenarios/$name.txt" 2>&1
        printf "   %4d s  %s\n" $(($(date +%s) - begun)) FILE'
    for file in "$@"; do
        name=$(basename "$file" .py)
        scenario_count "build/scenarios/$name.txt" "$name"
    done
}

count_close() {
    if [ "$skipped" -gt 0 ]; then
        printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    else
        printf '%d passed, %d failed\n' "$passed" "$failed"
    fi
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

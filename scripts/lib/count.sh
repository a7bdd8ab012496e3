# count - the tests that passed, failed and were skipped, over all kinds of runners
passed=0
failed=0
skipped=0

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

# A Python file of unittest cases: tests/scenarios/run.py closes with "passed failed skipped".
scenario_run() { # FILE NAME
    local output line
    output=$(/usr/bin/python3 tests/scenarios/run.py "$1" 2>&1)
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

count_close() {
    if [ "$skipped" -gt 0 ]; then
        printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    else
        printf '%d passed, %d failed\n' "$passed" "$failed"
    fi
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

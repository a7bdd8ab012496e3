# office - starts and stops the four processes of an office, each by its own id
#
# Sourced; expects $office (a directory made by `awardctl init`) and the programs in PATH. Logs go to
# $office/log, messages to $office/spool.
office_running=()

office_run() { # NAME PROGRAM ARGUMENTS...
    local name=$1
    shift
    # Without the terminal's interrupt: who stops them is this script.
    setsid "$@" </dev/null >"$office/log/$name.log" 2>&1 &
    office_running+=("$!")
    printf '  %-20s %s\n' "$name" "$!"
}

office_pids() { printf '%s' "${office_running[*]}"; }

office_worker() { # ROLE ARGUMENTS...
    local role=$1 server_key
    shift
    server_key=$(sed -n 's/^server_public_key: "\(.*\)"/\1/p' "$office/awardctl.yaml")
    office_run "award-$role" "award-$role" --endpoint "ipc://$office/run/workers.sock" \
        --server-key "$server_key" --key "$office/keys/worker-$role.key" "$@"
}

# Returns when the coordinator answers. The workers connect when they can, and tasks wait for them.
office_start() {
    mkdir -p "$office/log" "$office/spool"
    office_run awardd awardd --config "$office/awardd.yaml"
    if ! awardctl --home "$office" --timeout 10 status >/dev/null; then
        cat "$office/log/awardd.log" >&2
        return 1
    fi
    office_worker scoring
    office_worker notification --spool "$office/spool"
    office_worker revocation
}

# The workers first, the coordinator last; all must end well.
office_stop() {
    local index good=0
    for ((index = ${#office_running[@]} - 1; index >= 0; index--)); do
        kill -TERM "${office_running[index]}" 2>/dev/null
        wait "${office_running[index]}" || good=1
    done
    office_running=()
    return "$good"
}

# For an end that was not planned.
office_kill() {
    local pid
    for pid in "${office_running[@]}"; do
        kill -TERM "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    office_running=()
}

# Leaves them running when the script ends.
office_forget() {
    local pid
    for pid in "${office_running[@]}"; do
        disown "$pid" 2>/dev/null
    done
    office_running=()
}

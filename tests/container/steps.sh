# steps - what is done with the packages, in this order; each returns whether it came out as it should
steps=(
    install_an_older_version
    nothing_runs_before_there_is_an_office
    make_an_office
    start_the_target
    lines_are_in_the_journal_with_fields
    metrics_and_readiness_are_told
    units_are_at_1.5_or_lower
    doctor_finds_what_a_rehearsal_has_and_nothing_else
    push_a_year
    reload_applies_what_can_change
    restart_under_load
    each_process_is_killed_and_comes_back
    restarts_wait_longer_each_time_and_nobody_waits_by_hand
    nobody_waits_by_hand_for_a_restart_that_is_to_come
    who_ran_well_begins_anew
    without_its_key_it_is_not_started_again
    each_stopped_loop_is_restarted_by_the_watchdog
    upgrade_with_the_data
    an_upgrade_restarts_what_runs_without_the_target
    back_up
    remove
    purge_leaves_the_office
    restore_in_a_second_container
    pages_as_they_are_written_in_a_third_container
    node_exporter_tells_what_doctor_found
    a_time_service_sets_the_clock
    doctor_finds_nothing
)

units=(awardd.service award-scoring@worker-scoring.service
    award-notification@worker-notification.service award-revocation@worker-revocation.service)

expect() { # WHAT FOUND WANTED
    [ "$2" = "$3" ] && return 0
    printf '%s: %s，应为 expected %s\n' "$1" "$2" "$3" >&2
    return 1
}

owner() { machine stat -c '%U:%G %a' "$1"; }

install_quietly() { machine apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }

step_install_an_older_version() {
    install_quietly /root/older/awardd.deb /root/older/awardctl.deb &&
        expect data "$(owner /var/lib/awardd)" "awardd:awardd 700" &&
        expect spool "$(owner /var/spool/awardd)" "awardd-worker:awardd-worker 700" &&
        expect configuration "$(owner /etc/awardd)" "root:root 755" &&
        expect groups "$(machine id -nG awardd-worker)" "awardd-worker awardd"
}

step_nothing_runs_before_there_is_an_office() {
    expect target "$(machine systemctl is-active awardd.target)" inactive &&
        expect enabled "$(machine systemctl is-enabled awardd.target)" disabled
}

step_make_an_office() {
    machine awardctl init /etc/awardd --city 重庆 --clock manual --start 2013-01-01T00:00:00+08:00 \
        --people /root/chongqing-2018.people.yaml >"$machine_place/init.txt" &&
        machine awardctl key new reviewer-22 >/dev/null
}

all_active() {
    local unit
    for unit in "${units[@]}"; do
        expect "$unit" "$(machine systemctl is-active "$unit")" active || return 1
    done
}

step_start_the_target() {
    machine systemctl enable --now awardd.target 2>/dev/null && machine awardctl --timeout 20 status &&
        all_active
}

# And `journalctl -x` says what to do, from the catalog of the package.
step_lines_are_in_the_journal_with_fields() {
    local entry
    entry=$(machine journalctl --quiet --output=json AWARD_KIND=ready) || return 1
    case $entry in
    *'"AWARD_CITY":"'*'"_TRANSPORT":"journal"'* | *'"_TRANSPORT":"journal"'*'"AWARD_CITY":"'*) ;;
    *) printf '%s\n' "$entry" >&2 && return 1 ;;
    esac
    machine journalctl --quiet --catalog AWARD_KIND=link_up | grep -q 'Defined-By: awardd'
}

# There is no client of HTTP in the machine but the shell.
page() { # PORT PATH
    machine bash -c "exec 3<>/dev/tcp/127.0.0.1/$1 && printf 'GET $2 HTTP/1.0\r\n\r\n' >&3 && cat <&3"
}

step_metrics_and_readiness_are_told() {
    page 9464 /readyz | grep -q ' 200 OK' && page 9464 /healthz | grep -q ' 200 OK' &&
        page 9464 /metrics | grep -q '^awardd_ready 1'
}

step_units_are_at_1.5_or_lower() {
    machine systemd-analyze security --no-pager --threshold=15 "${units[@]}" >"$machine_place/security.txt" ||
        { grep 'Overall' "$machine_place/security.txt"; return 1; }
    grep 'Overall' "$machine_place/security.txt"
}

# The machine's clock goes by UTC, nobody is on duty, and a rehearsal is no office; all else is well.
step_doctor_finds_what_a_rehearsal_has_and_nothing_else() {
    machine awardctl backup create /root/first-copy || return 1
    machine awardctl doctor --as admin >"$machine_place/doctor.txt"
    expect status $? 1 && head -n 1 "$machine_place/doctor.txt" &&
        expect warnings "$(sed -n 's/^警告 warning  \([a-z-]*\) .*/\1/p' "$machine_place/doctor.txt" | xargs)" \
            "time-zone people rehearsal" &&
        expect units "$(grep -c '^正常 ok  unit' "$machine_place/doctor.txt")" 2
}

step_push_a_year() { # 1: lines were rejected, as some of the year must be
    machine awardctl push /root/chongqing-2018.jsonl --settle >"$machine_place/push.txt"
    [ $? -le 1 ] && machine awardctl verify
}

main_pid() { machine systemctl show -P MainPID "$1"; }

cursor() { machine journalctl -n 0 --show-cursor | sed -n 's/^-- cursor: //p'; }

# Waits until a unit's journal has a line with this in it, behind the cursor.
journal_says() { # UNIT CURSOR PATTERN SECONDS
    timeout "$4" nsenter -t "$machine_leader" -a journalctl -f -n all -u "$1" --after-cursor="$2" | grep -q -m 1 "$3"
}

in_force() { # KEY
    machine awardctl --output json config show "$1" | sed -n 's/.*"value": "\([^"]*\)".*/\1/p'
}

step_reload_applies_what_can_change() {
    local before
    before=$(cursor)
    printf 'public_events_a_minute: 61\nqueued_messages: 512\n' >>"$machine_tree/etc/awardd/awardd.yaml"
    machine systemctl reload awardd.service &&
        journal_says awardd.service "$before" 'after a restart setting=queued_messages' 10 &&
        expect applied "$(in_force public_events_a_minute)" 61 && [ "$(in_force queued_messages)" != 512 ]
}

# Whoever sends while the service is restarted, twice, is answered; nothing is lost and nothing is there twice.
step_restart_under_load() {
    local load=$machine_place/load.jsonl again=$machine_place/again.jsonl pushing
    : >"$load"
    machine awardctl --output json --timeout 60 push /root/registrations.jsonl >"$load" &
    pushing=$!
    timeout 30 tail -n +1 -f "$load" | grep -q -m 1 '"line":100,' &&
        machine systemctl restart awardd.service && machine systemctl restart awardd.target &&
        kill -0 "$pushing" && wait "$pushing" || return 1
    machine awardctl --output json push /root/registrations.jsonl >"$again" &&
        expect answered "$(grep -c '"outcome":"accepted"' "$load")" "$registrations" &&
        expect repeated "$(grep -c '"repeated":true' "$again")" "$registrations" &&
        machine awardctl verify && all_active
}

# Back under another process; the journal tells when.
ended_and_back() { # UNIT SIGNAL SECONDS
    local unit=$1 before since
    before=$(main_pid "$unit")
    since=$(cursor)
    machine systemctl kill --signal="$2" --kill-who=main "$unit" &&
        journal_says "$unit" "$since" 'Started ' "$3" && [ "$(main_pid "$unit")" != "$before" ]
}

step_each_process_is_killed_and_comes_back() {
    local unit
    for unit in "${units[@]}"; do
        ended_and_back "$unit" KILL 30 || { printf '%s\n' "$unit" >&2; return 1; }
    done
    machine awardctl --timeout 20 status >/dev/null && machine awardctl verify && all_active
}

restarts() { machine systemctl show -P NRestarts "$1"; } # UNIT

# From the end of a unit's process to the next one, in microseconds, as the journal has them.
stood_still() { # UNIT CURSOR
    machine journalctl --after-cursor="$2" -o short-unix -u "$1" | tr -d . |
        awk '/Main process exited/ { ended = $1 } / Started / { started = $1 } END { print started - ended }'
}

waits_said() { machine journalctl --after-cursor="$2" -o cat -u "$1" | grep -c 'systemctl restart'; } # UNIT CURSOR

# Its process killed, it waits before the next.
killed_and_waits() { # UNIT SECONDS-TO-WAIT
    local since
    since=$(cursor)
    machine systemctl kill --signal=KILL --kill-who=main "$1" && journal_says "$1" "$since" "in $2 s; at once" 30
}

# By hand it begins with no restarts, whatever there was, and without a wait.
by_hand() { # UNIT VERB
    local since
    since=$(cursor)
    machine systemctl "$2" "$1" && expect "$2" "$(machine systemctl is-active "$1")" active &&
        expect restarts "$(restarts "$1")" 0 && expect waits "$(waits_said "$1" "$since")" 0
}

drop_in() { # UNIT LINES
    mkdir -p "$machine_tree/etc/systemd/system/$1.d" &&
        printf '[Service]\n%s\n' "$2" >"$machine_tree/etc/systemd/system/$1.d/test.conf" && machine systemctl daemon-reload
}

drop_in_end() { # UNIT
    rm -r "$machine_tree/etc/systemd/system/$1.d" && machine systemctl daemon-reload
}

# While systemd waits for RestartSec, before it starts anything: a stop is none to its counter then.
failed_and_lies_still() { # UNIT
    local since
    since=$(cursor)
    machine systemctl kill --signal=KILL --kill-who=main "$1" && journal_says "$1" "$since" 'Failed with result' 30 &&
        expect state "$(machine systemctl show -P SubState "$1")" auto-restart
}

step_restarts_wait_longer_each_time_and_nobody_waits_by_hand() {
    local unit=award-scoring@worker-scoring.service since still before=0
    by_hand "$unit" restart || return 1
    for _ in 1 2 3; do
        since=$(cursor)
        ended_and_back "$unit" KILL 60 || return 1
        still=$(stood_still "$unit" "$since")
        printf '%d us\n' "$still"
        [ "$still" -gt "$before" ] || return 1
        before=$still
    done
    killed_and_waits "$unit" 20 && machine systemctl stop "$unit" &&
        expect stopped "$(machine systemctl is-active "$unit")" inactive && by_hand "$unit" start &&
        ended_and_back "$unit" KILL 30 && killed_and_waits "$unit" 5 && by_hand "$unit" restart
}

step_nobody_waits_by_hand_for_a_restart_that_is_to_come() {
    local unit=award-scoring@worker-scoring.service verbs
    for verbs in restart "stop start"; do
        ended_and_back "$unit" KILL 30 && ended_and_back "$unit" KILL 30 && drop_in "$unit" RestartSec=60s &&
            failed_and_lies_still "$unit" || return 1
        [ "$verbs" = restart ] || machine systemctl stop "$unit" || return 1
        by_hand "$unit" "${verbs##* }" && drop_in_end "$unit" || return 1
    done
}

# Any run is a good one where it needs no more than 0 seconds for that.
step_who_ran_well_begins_anew() {
    local unit=award-scoring@worker-scoring.service since
    ended_and_back "$unit" KILL 30 && expect restarts "$(restarts "$unit")" 1 || return 1
    since=$(cursor)
    drop_in "$unit" $'ExecStartPre=\nExecStartPre=-+/usr/libexec/awardd/restart-delay %n 0' &&
        ended_and_back "$unit" KILL 30 && expect restarts "$(restarts "$unit")" 0 &&
        expect waits "$(waits_said "$unit" "$since")" 0 && drop_in_end "$unit"
}

step_without_its_key_it_is_not_started_again() {
    local unit=awardd.service key=$machine_tree/etc/awardd/server.key since
    since=$(cursor)
    mv "$key" "$key.away" && machine systemctl kill --signal=KILL --kill-who=main "$unit" &&
        journal_says "$unit" "$since" "Failed with result 'exit-code'" 30 &&
        expect state "$(machine systemctl show -P SubState "$unit")" failed
    local status=$?
    mv "$key.away" "$key"
    [ $status = 0 ] && by_hand "$unit" start && all_active
}

# All at one time: each takes WatchdogSec and RestartSec.
step_each_stopped_loop_is_restarted_by_the_watchdog() {
    local unit waiting=() since
    since=$(cursor)
    for unit in "${units[@]}"; do
        ended_and_back "$unit" STOP 90 &
        waiting+=($!)
    done
    for unit in "${waiting[@]}"; do wait "$unit" || return 1; done
    expect timeouts "$(machine journalctl --after-cursor="$since" -o cat -u 'award*' | grep -c 'Watchdog timeout')" 4 &&
        machine awardctl --timeout 20 status >/dev/null && machine awardctl verify && all_active
}

step_upgrade_with_the_data() {
    local before after case
    before=$(main_pid awardd.service)
    case=$(machine awardctl --output json case show 2018/91500109622018352Y/1) || return 1
    install_quietly /root/newer/awardd.deb /root/newer/awardctl.deb || return 1
    after=$(main_pid awardd.service)
    [ "$before" != "$after" ] && machine awardctl --timeout 20 status >/dev/null && all_active &&
        machine awardctl verify &&
        expect case "$(machine awardctl --output json case show 2018/91500109622018352Y/1)" "$case"
}

step_an_upgrade_restarts_what_runs_without_the_target() {
    local unit=award-scoring@worker-scoring.service before worker
    machine systemctl stop awardd.target && machine systemctl start awardd.service "$unit" || return 1
    before=$(main_pid awardd.service)
    worker=$(main_pid "$unit")
    install_quietly --reinstall /root/newer/awardd.deb || return 1
    expect target "$(machine systemctl is-active awardd.target)" inactive || return 1
    [ "$before" != "$(main_pid awardd.service)" ] && [ "$worker" != "$(main_pid "$unit")" ] &&
        machine systemctl start awardd.target && machine awardctl --timeout 20 status >/dev/null && all_active
}

epoch() { machine awardctl --output json status | sed -n 's/.*"epoch": *"*\([0-9]*\).*/\1/p'; }

# As the page for administrators says: the copy, and beside it keys and configurations.
step_back_up() {
    local case=2018/91500109622018352Y/1
    epoch >"$machine_place/epoch.txt" &&
        machine awardctl backup create /root/copy && machine awardctl backup verify /root/copy &&
        machine tar -C / -cf /root/office.tar root/copy etc/awardd etc/default/award-notification &&
        cp "$machine_tree/root/office.tar" "$machine_place/office.tar" &&
        machine awardctl --output json case show "$case" >"$machine_place/case.json"
}

step_remove() {
    machine apt-get remove -y -qq awardd >/dev/null &&
        expect coordinator "$(machine systemctl is-active awardd.service)" inactive &&
        expect processes "$(machine pgrep -c award)" 0 && expect data "$(owner /var/lib/awardd/journal)" "awardd:awardd 700"
}

# All that is left of the packages is what they said.
step_purge_leaves_the_office() {
    local left
    machine apt-get purge -y -qq awardd awardctl >"$machine_place/purge.txt" 2>&1 || return 1
    grep '保留' "$machine_place/purge.txt"
    left=$(machine find / -xdev \( -path /proc -o -path /sys -o -path /root -o -path /var/log \) -prune -o \
        -name '*award*' -print | sort | tr '\n' ' ')
    printf '%s\n' "$left"
    expect said "$(grep -c '保留' "$machine_place/purge.txt")" 3
}

step_restore_in_a_second_container() {
    local case=2018/91500109622018352Y/1
    machine_end && machine_make && cp "$machine_place/office.tar" "$machine_tree/root/" && machine_boot &&
        install_quietly /root/newer/awardd.deb /root/newer/awardctl.deb &&
        machine tar -C / -xf /root/office.tar && machine awardctl backup restore /root/copy &&
        machine systemctl enable --now awardd.target 2>/dev/null &&
        machine awardctl --timeout 20 status && all_active && machine awardctl verify &&
        [ "$(epoch)" -gt "$(cat "$machine_place/epoch.txt")" ] &&
        expect case "$(machine awardctl --output json case show "$case")" "$(cat "$machine_place/case.json")"
}

# On a terminal where it asks: a city is typed, and Enter for what it proposes.
block_run() { # FILE-IN-THE-MACHINE
    local commands="cd /root/packages && bash -eu $1"
    if grep -qx 'awardctl init' "$machine_tree$1"; then
        printf '\n重庆\n\n\n' | machine SYSTEMD_PAGER=cat script -qec "$commands" /dev/null
    else
        machine bash -c "$commands" </dev/null
    fi
}

# Every block of the pages that is for a container, in the order of reading, beside the packages.
step_pages_as_they_are_written_in_a_third_container() {
    local block said=$machine_place/pages.txt
    machine_end && machine_make && mkdir "$machine_tree"/root/{packages,pages} &&
        cp build/package/*.deb "$machine_tree/root/packages/" &&
        tests/container/pages.py "$machine_tree/root/pages" && machine_boot || return 1
    for block in "$machine_tree"/root/pages/*.sh; do
        head -n 1 "$block"
        block_run "${block#"$machine_tree"}" >"$said" 2>&1 || { cat "$said" >&2; return 1; }
    done
    all_active
}

step_node_exporter_tells_what_doctor_found() {
    page 9100 /metrics | grep -q '^award_doctor{check="answers",group="service"} 0'
}

# chrony keeps the kernel's clock by a server of time, which is a second chronyd that sets no clock.
# Both come from outside: the container itself may not set the clock, which is the host's.
step_a_time_service_sets_the_clock() {
    printf 'port 11123\nlocal stratum 1\nallow 127.0.0.1\ncmdport 0\nbindcmdaddress /\npidfile /run/time-server.pid\n' \
        >"$machine_tree/root/time-server.conf"
    printf 'server 127.0.0.1 port 11123 iburst minpoll 0 maxpoll 2\nrtcsync\n' >"$machine_tree/etc/chrony/chrony.conf"
    machine chronyd -x -f /root/time-server.conf && machine chronyd && machine chronyc waitsync 30 0 0 1 >/dev/null
}

# After the pages an office is as it should be; a calendar that may be announced any day is made up.
step_doctor_finds_nothing() {
    local year found=$machine_place/doctor.json
    year=$(($(date +%Y) + 1))
    printf '%d-01-01\tholiday\t元旦\n' "$year" >"$machine_tree/root/holidays.tsv"
    machine awardctl calendar import /root/holidays.tsv >/dev/null || return 1
    machine awardctl doctor --as admin --output json >"$found"
    expect status $? 0 &&
        expect "not well" "$(machine jq -r '.[] | select(.verdict | IN("failed", "warning", "unseen")).check' <"$found" | xargs)" ""
}

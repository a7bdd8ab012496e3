# steps - what is done with the packages, in this order; each returns whether it came out as it should
steps=(
    install_an_older_version
    nothing_runs_before_there_is_an_office
    make_an_office
    start_the_target
    lines_are_in_the_journal_with_fields
    metrics_and_readiness_are_told
    units_are_at_1.5_or_lower
    push_a_year
    each_process_is_killed_and_comes_back
    upgrade_with_the_data
    remove
    purge_leaves_the_office
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
page() { # PATH
    machine bash -c "exec 3<>/dev/tcp/127.0.0.1/9464 && printf 'GET $1 HTTP/1.0\r\n\r\n' >&3 && cat <&3"
}

step_metrics_and_readiness_are_told() {
    page /readyz | grep -q ' 200 OK' && page /healthz | grep -q ' 200 OK' &&
        page /metrics | grep -q '^awardd_ready 1'
}

step_units_are_at_1.5_or_lower() {
    machine systemd-analyze security --no-pager --threshold=15 "${units[@]}" >"$machine_place/security.txt" ||
        { grep 'Overall' "$machine_place/security.txt"; return 1; }
    grep 'Overall' "$machine_place/security.txt"
}

step_push_a_year() { # 1: lines were rejected, as some of the year must be
    machine awardctl push /root/chongqing-2018.jsonl --settle >"$machine_place/push.txt"
    [ $? -le 1 ] && machine awardctl verify
}

main_pid() { machine systemctl show -P MainPID "$1"; }

# Back under another process; the journal tells when.
killed_and_back() { # UNIT
    local unit=$1 before cursor
    before=$(main_pid "$unit")
    cursor=$(machine journalctl -n 0 --show-cursor | sed -n 's/^-- cursor: //p')
    machine systemctl kill --signal=KILL --kill-who=main "$unit" &&
        timeout 30 nsenter -t "$machine_leader" -a journalctl -f -u "$unit" --after-cursor="$cursor" |
        grep -q -m 1 'Started ' && [ "$(main_pid "$unit")" != "$before" ]
}

step_each_process_is_killed_and_comes_back() {
    local unit
    for unit in "${units[@]}"; do
        killed_and_back "$unit" || { printf '%s\n' "$unit" >&2; return 1; }
    done
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

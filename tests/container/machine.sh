# machine - a Debian 12 with its own systemd, in a container without a network
#
# Sourced; works in build/container. The tree is made anew for each run from base.tar, which holds a
# minimal Debian and what apt would fetch: the libraries that the packages depend on, what they
# recommend, and what an administrator and the pages install beside them. It is made again where that
# is another list.
machine_place=$PWD/build/container
machine_tree=$machine_place/tree
machine_leader=
registrations=20000 # some seconds of load

# What the packages depend on, but for each other, what they recommend, and what else is installed.
base_wanted() {
    local deb
    {
        for deb in build/package/award{d,ctl}_*.deb; do
            dpkg-deb -f "$deb" Depends
            dpkg-deb -f "$deb" Recommends
        done
        printf 'chrony, jq, prometheus-node-exporter\n'
    } | sed 's/awardctl ([^)]*), *//' | paste -sd,
}

base_make() {
    local base=$machine_place/base
    rm -rf "$base"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,procps bookworm "$base" &&
        systemd-nspawn -q -D "$base" --register=no --keep-unit --pipe \
            apt-get satisfy -y --no-install-recommends "$(base_wanted)" &&
        tar -C "$base" -cf "$machine_place/base.tar.new" . &&
        mv "$machine_place/base.tar.new" "$machine_place/base.tar" && rm -rf "$base" &&
        base_wanted >"$machine_place/base.list"
}

machine_make() {
    mkdir -p "$machine_place"
    if ! base_wanted | cmp -s - "$machine_place/base.list"; then
        printf '建立 / making %s\n' "$machine_place/base.tar"
        base_make >"$machine_place/base.txt" 2>&1 || { tail -n 20 "$machine_place/base.txt" >&2; return 1; }
    fi
    rm -rf "$machine_tree"
    mkdir "$machine_tree" && tar -C "$machine_tree" -xf "$machine_place/base.tar" &&
        mkdir "$machine_tree"/root/{older,newer} &&
        cp build/package/awardd_*.deb "$machine_tree/root/newer/awardd.deb" &&
        cp build/package/awardctl_*.deb "$machine_tree/root/newer/awardctl.deb" &&
        cp tests/scenarios/chongqing-2018.{jsonl,people.yaml} "$machine_tree/root/" &&
        /usr/bin/python3 tests/container/registrations.py "$registrations" >"$machine_tree/root/registrations.jsonl" &&
        older_make
}

# Until there has been a release, the older version is this one under a lower number.
older_make() {
    local name unpacked=$machine_place/unpacked
    for name in awardd awardctl; do
        rm -rf "$unpacked"
        dpkg-deb -R build/package/${name}_*.deb "$unpacked" &&
            sed -i -e 's/^Version: .*/Version: 0.0.1/' -e 's/awardctl (= [^)]*)/awardctl (= 0.0.1)/' \
                "$unpacked/DEBIAN/control" &&
            dpkg-deb -b --root-owner-group "$unpacked" "$machine_tree/root/older/$name.deb" >/dev/null || return 1
    done
    rm -rf "$unpacked"
}

machine_boot() {
    systemd-nspawn -q -D "$machine_tree" --register=no --keep-unit --private-network -b \
        </dev/null >"$machine_place/boot.txt" 2>&1 &
    machine_nspawn=$!
    # Its first process is the child of nspawn. It is there when its system's manager answers.
    local until=$((SECONDS + 60))
    until machine_leader=$(pgrep -P "$machine_nspawn") &&
        machine systemctl is-system-running --wait >/dev/null 2>&1; do
        if [ "$SECONDS" -ge "$until" ] || ! kill -0 "$machine_nspawn" 2>/dev/null; then
            [ "$(machine systemctl is-system-running)" = degraded ] && return 0
            tail -n 20 "$machine_place/boot.txt" >&2
            return 1
        fi
        sleep 0.2 # nothing tells when the first process has mounted what it needs
    done
}

machine() { # COMMAND...: in the container
    nsenter -t "$machine_leader" -a env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
        DEBIAN_FRONTEND=noninteractive "$@"
}

machine_journal() { machine journalctl --no-pager -n 60 -u 'award*'; }

machine_end() {
    if [ -n "$machine_leader" ]; then
        kill -RTMIN+4 "$machine_leader" 2>/dev/null # power off
        wait "$machine_nspawn" 2>/dev/null
    fi
    [ -n "$keep" ] || rm -rf "$machine_tree"
}

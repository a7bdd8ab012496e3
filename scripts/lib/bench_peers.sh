# bench_peers - what Redis and PostgreSQL make of the same: one durable record for each event
#
# Sourced by scripts/bench. Both run for this alone, over a socket in the scratch directory, with
# their data on the same disk and as many records of the same size as there are cases. Redis syncs
# its log for each command (appendfsync always); PostgreSQL commits each transaction (one row
# updated, one inserted, in one prepared statement) as its own defaults have it.

peers_packages='redis-server postgresql-15'
postgresql_bin=/usr/lib/postgresql/15/bin
postgresql_connections_most='16 32 64 128'

# Without what their packages would start or make by themselves.
peers_install() {
    local name missing= sudo= policy=/usr/sbin/policy-rc.d status=0
    for name in $peers_packages; do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' ||
            missing="$missing $name"
    done
    [ -n "$missing" ] || return 0
    [ "$(id -u)" -eq 0 ] || sudo='sudo -n'
    printf '安装 / installing:%s\n' "$missing"
    [ ! -e "$policy" ] || policy=
    [ -z "$policy" ] || printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null
    [ -z "$policy" ] || $sudo chmod +x "$policy"
    # shellcheck disable=SC2086 # a list of plain names
    $sudo mkdir -p /etc/postgresql-common/createcluster.d &&
        echo 'create_main_cluster = false' |
        $sudo tee /etc/postgresql-common/createcluster.d/no-main.conf >/dev/null &&
        $sudo apt-get update -qq &&
        $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $missing >build/peers.txt 2>&1 || status=1
    [ -z "$policy" ] || $sudo rm -f "$policy"
    [ "$status" -eq 0 ] || tail -n 20 build/peers.txt >&2
    return "$status"
}

peers_begin() { # CASES
    peers_cases=$1
    peers_bytes=
    chmod 711 "$scratch" # PostgreSQL's own user looks for its directory below
}

# The records are of the size that the first load says.
peers_fill() { # BYTES
    peers_bytes=$1
    say "Redis, PostgreSQL: $peers_cases × $peers_bytes …"
    redis_begin && postgresql_begin
}

peers_measure() { # IN-FLIGHT BYTES
    [ -n "$peers_bytes" ] || peers_fill "$2" || return 1
    redis_measure "$1" && postgresql_measure "$1"
}

peers_end() {
    redis_end
    postgresql_end
}

# With the ends of what it said.
peer_failed() { # NAME FILES...
    say "$1 没有给出数字 / $1 gave no figures:"
    tail -n 20 "${@:2}" >&2
    return 1
}

# ---- Redis

redis_do() {
    redis-cli -s "$scratch/redis/socket" "$@"
}

redis_begin() {
    mkdir -p "$scratch/redis" || return 1
    redis-server --port 0 --unixsocket "$scratch/redis/socket" --dir "$scratch/redis" --save '' \
        --appendonly yes --appendfsync always --enable-debug-command local \
        >"$scratch/redis/said.txt" 2>&1 &
    redis_pid=$!
    helpers="$helpers $redis_pid"
    until redis_do ping >/dev/null 2>&1; do
        kill -0 "$redis_pid" 2>/dev/null || {
            cat "$scratch/redis/said.txt" >&2
            return 1
        }
    done
    redis_do debug populate "$peers_cases" key "$peers_bytes" >/dev/null
}

redis_end() {
    helpers=${helpers/ $redis_pid/}
    process_end TERM "$redis_pid"
    rm -rf "$scratch/redis"
}

# Commands a second, and its latencies in milliseconds, of so many commands.
redis_run() { # CONNECTIONS PIPELINED COMMANDS
    redis-benchmark -s "$scratch/redis/socket" -t set -d "$peers_bytes" -r "$peers_cases" \
        -c "$1" -P "$2" -n "$3" --csv 2>&1 | tee "$scratch/redis/benchmark.txt" |
        awk -F'"' '$2 ~ /^SET/ { print $4, $10, $14, $16 }'
}

redis_failed() {
    peer_failed Redis "$scratch/redis/benchmark.txt" "$scratch/redis/said.txt"
}

# Best of one and sixteen connections. A short run says how many commands take as long as a load.
redis_measure() { # IN-FLIGHT
    local connections rate best=0 p50 p99 longest
    for connections in 1 16; do
        [ "$connections" -le "$1" ] || continue
        read -r rate _ < <(redis_run "$connections" $(($1 / connections)) $(($1 * 20)))
        [ -n "${rate:-}" ] || redis_failed || return 1
        read -r rate p50 p99 longest < <(redis_run "$connections" $(($1 / connections)) \
            "$(awk "BEGIN { print int($rate * $seconds) + $1 }")")
        [ -n "${rate:-}" ] || redis_failed || return 1
        rate=${rate%.*}
        [ "$rate" -gt "$best" ] || continue
        best=$rate
        figure_put redis_rate "$rate" 'commands/s'
        figure_put redis_connections "$connections" connections
        figure_put redis_p50 "$(microseconds "$p50")" us
        figure_put redis_p99 "$(microseconds "$p99")" us
        figure_put redis_longest "$(microseconds "$longest")" us
    done
}

microseconds() { # MILLISECONDS
    awk "BEGIN { print int($1 * 1000 + 0.5) }"
}

# ---- PostgreSQL

# It refuses to be root.
postgresql_as() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

postgresql_do() {
    postgresql_as psql -q -X -v ON_ERROR_STOP=1 -h "$scratch/postgresql" -U award -d postgres \
        "$@" >"$scratch/postgresql.txt" 2>&1 && return 0
    cat "$scratch/postgresql.txt" >&2
    return 1
}

postgresql_begin() {
    local directory=$scratch/postgresql
    mkdir "$directory" || return 1
    [ "$(id -u)" -ne 0 ] || chown postgres "$directory" || return 1
    postgresql_as "$postgresql_bin/initdb" -D "$directory/data" -U award -A trust -E UTF8 \
        --no-locale >"$scratch/postgresql.txt" 2>&1 &&
        postgresql_as "$postgresql_bin/pg_ctl" -D "$directory/data" -w -s -l "$directory/log" \
            -o "-k $directory -c listen_addresses= -c max_connections=200 -c shared_buffers=1GB -c max_wal_size=8GB" \
            start >>"$scratch/postgresql.txt" 2>&1 || {
        cat "$scratch/postgresql.txt" >&2
        return 1
    }
    postgresql_up=yes
    postgresql_best=
    postgresql_do -c "
        create table record (id integer primary key, body text not null);
        create table entry (number bigserial primary key, body text not null);
        alter table record alter body set storage plain;
        alter table entry alter body set storage plain;
        insert into record select i, repeat('r', $peers_bytes) from generate_series(1, $peers_cases) i;
        " -c 'vacuum analyze record' -c checkpoint
    cat >"$directory/year.sql" <<SQL
\\set id random(1, $peers_cases)
with one as (update record set body = repeat('s', $peers_bytes) where id = :id)
insert into entry (body) values (repeat('e', $peers_bytes));
SQL
    chmod 644 "$directory/year.sql"
}

postgresql_end() {
    [ -n "${postgresql_up:-}" ] || return 0
    postgresql_up=
    postgresql_as "$postgresql_bin/pg_ctl" -D "$scratch/postgresql/data" -w -s -m fast stop \
        >/dev/null 2>&1
    rm -rf "$scratch/postgresql"
}

# Transactions a second, and their mean latency in milliseconds.
postgresql_run() { # CONNECTIONS
    postgresql_as "$postgresql_bin/pgbench" -n -M prepared -h "$scratch/postgresql" -U award \
        -c "$1" -j "$(($1 > 1 ? 2 : 1))" -T "$seconds" -f "$scratch/postgresql/year.sql" postgres \
        2>"$scratch/postgresql.txt" |
        awk '/^latency average/ { mean = $4 } /^tps/ { print $3, mean }'
}

# As many connections as serve it best, which is tried once where more are in flight than that.
postgresql_measure() { # IN-FLIGHT
    local try=$1 connections rate mean best=0
    [ "$1" -le 16 ] || try=${postgresql_best:-$postgresql_connections_most}
    for connections in $try; do
        read -r rate mean < <(postgresql_run "$connections")
        [ -n "${rate:-}" ] ||
            peer_failed PostgreSQL "$scratch/postgresql.txt" "$scratch/postgresql/log" || return 1
        rate=${rate%.*}
        [ "$rate" -gt "$best" ] || continue
        best=$rate
        [ "$1" -le 16 ] || postgresql_best=$connections
        figure_put postgresql_rate "$rate" 'transactions/s'
        figure_put postgresql_connections "$connections" connections
        figure_put postgresql_mean "$(microseconds "$mean")" us
    done
}

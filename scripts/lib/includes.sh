# includes - whether dependencies point one way (docs/architecture.md, "Rooms")
#
# Each rule names a set of files and what none of them may include.

includes_found=0

includes_forbid() { # WHY PATTERN FILES...
    local why=$1 pattern=$2 hits
    shift 2
    hits=$(grep -nE "^#include $pattern" "$@" /dev/null 2>/dev/null)
    if [ -n "$hits" ]; then
        printf '%s:\n%s\n' "$why" "$hits"
        includes_found=1
    fi
}

includes_check() {
    local outside_store outside_bus
    # The benchmark measures the store itself, beside the whole.
    outside_store=$(git ls-files '*.c' '*.h' | grep -v '^daemon/store/\|^tests/store/')
    outside_bus=$(git ls-files '*.c' '*.h' | grep -v '^common/bus\|^tests/common/bus\|^tests/fuzz/door_zap')
    includes_found=0
    # shellcheck disable=SC2086 # lists of plain names
    {
        includes_forbid 'only daemon/store knows LMDB' '<lmdb' $outside_store
        includes_forbid 'only common/bus knows ZeroMQ' '<zmq' $outside_bus
        includes_forbid 'common knows no other room' '"(rules|settings|letters|daemon|workers|clients)/' \
            common/*.c common/*.h
        includes_forbid 'rules know the contract, time, arena and codec' \
            '"(settings|letters|daemon|workers|clients)/|"common/(bus|log|envelope|chain|clock|thread)|<(event2|yaml|lmdb|zmq|time\.h)' \
            rules/*.c rules/*.h
        includes_forbid 'settings know no program' '"(letters|daemon|workers|clients)/' settings/*.c settings/*.h
        includes_forbid 'letters know no program' '"(daemon|workers|clients)/' letters/*.c letters/*.h
        includes_forbid 'the store knows no rules but views of keys and values' \
            '"(settings|letters|workers|clients)/|"daemon/[a-z_]*\.h|"rules/[^vo]' daemon/store/*.c daemon/store/*.h
        includes_forbid 'workers know no coordinator' '"(daemon|clients)/' $(git ls-files 'workers/*')
        # The benchmark repeats what the ledger writes, and decides without it.
        includes_forbid 'clients know no coordinator' '"(daemon/[a-z_]*\.h|workers/)' \
            $(git ls-files 'clients/*' | grep -v '^clients/bench/')
    }
    return "$includes_found"
}

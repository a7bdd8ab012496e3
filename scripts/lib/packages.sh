# packages - installs what packaging/debian-packages.txt lists and the machine lacks
#
# Sourced by scripts/demo, scripts/test and others; expects to be run from the root of the tree. Who
# needs more adds lists of its own to package_lists.

package_lists=(packaging/debian-packages.txt)

packages_wanted() {
    sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "${package_lists[@]}"
}

packages_missing() {
    local name
    for name in $(packages_wanted); do
        dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed' ||
            printf '%s ' "$name"
    done
}

# Says what it installs; as root or through sudo; without either it prints the line to type.
packages_install() {
    local missing sudo=
    missing=$(packages_missing)
    if [ -z "$missing" ]; then
        return 0
    fi
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
            printf '缺少软件包，请以 root 运行 / packages are missing; run as root:\n' >&2
            printf '  apt-get update && apt-get install --no-install-recommends %s\n' "$missing" >&2
            return 1
        fi
        sudo=sudo
    fi
    printf '安装 / installing: %s\n' "$missing"
    local log
    log=$(mktemp)
    # shellcheck disable=SC2086 # the list is meant to be split
    if ! { $sudo apt-get update -qq &&
        $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

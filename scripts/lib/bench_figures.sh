# bench_figures - what has been measured, as a table or as one JSON object a line
#
# Sourced by scripts/bench. A program prints lines of name, value and unit; here they stand by name
# until they are printed.

declare -A figure unit
figure_names=()

figures_forget() {
    figure=()
    unit=()
    figure_names=()
}

figure_put() { # NAME VALUE UNIT
    [ -n "${figure[$1]+there}" ] || figure_names+=("$1")
    figure[$1]=$2
    unit[$1]=$3
}

figures_take() { # FILE
    local name value of
    while read -r name value of; do
        figure_put "$name" "$value" "$of"
    done <"$1"
}

# NAME: one figure as thousandths of another; nothing where the other was not measured.
ratio_put() { # NAME ONE OTHER
    local one=${figure[$2]:-} other=${figure[$3]:-0}
    [ -n "$one" ] && [ "$other" -gt 0 ] || return 0
    figure_put "$1" $((one * 1000 / other)) 'per mille'
}

# With the parameters that all of them had, as the members of a JSON object.
figures_print_json() { # PARAMETERS
    local name
    for name in "${figure_names[@]}"; do
        [ "${unit[$name]}" != entry ] || continue # a place in one journal
        printf '{"name": "%s", "parameters": {%s}, "value": %s, "unit": "%s"}\n' \
            "$name" "$1" "${figure[$name]}" "${unit[$name]}"
    done
}

# For a cell of the table: a number, a number of thousandths, or a dash.
cell() { # NAME
    printf '%s' "${figure[$1]:--}"
}

cell_thousandths() { # NAME
    local value=${figure[$1]:-}
    [ -n "$value" ] && printf '%d.%03d' $((value / 1000)) $((value % 1000)) || printf '-'
}

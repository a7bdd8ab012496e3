# bash completion of awardctl: /usr/share/bash-completion/completions/awardctl, or `source` it.
#
# The program itself says what may come next (`awardctl complete`), from its tables and from the
# running awardd; it waits a second at most and never complains.

# What is written up to the cursor, with what bash takes apart at `=` and `:` put together again.
_awardctl_words() {
    local word last=
    words=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
        if [ "${#words[@]}" -gt 0 ] && { [[ $word == [=:]* ]] || [[ $last == *[=:] ]]; }; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
        last=${words[-1]}
    done
}

_awardctl() {
    local words word current cut line
    COMPREPLY=()
    _awardctl_words
    current=${words[-1]}
    cut=${current##*[=:]} # what bash takes for the word
    while IFS= read -r line; do
        case $line in
        :files) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cut") && compopt -o filenames 2>/dev/null ;;
        :directories) mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$cut") && compopt -o filenames 2>/dev/null ;;
        *) COMPREPLY+=("${line#"${current%"$cut"}"}") ;;
        esac
    done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" 2>/dev/null)
    if [ "${#COMPREPLY[@]}" -eq 1 ] && [[ ${COMPREPLY[0]} == *= ]]; then
        compopt -o nospace 2>/dev/null # the value follows
    fi
}

complete -F _awardctl awardctl

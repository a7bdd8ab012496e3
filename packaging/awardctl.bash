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

# What the shell would take apart or carry out, as a public key's `&` and `>`: it is put in quotes.
_awardctl_quote() {
    local special="*[][&;<>()|\$\`\\\"'*?#!{}~^ ]*"
    # shellcheck disable=SC2053 # a pattern
    [[ ${COMPREPLY[0]} != $special ]] || printf -v 'COMPREPLY[0]' %q "${COMPREPLY[0]}"
}

_awardctl() {
    local words word current cut line quoting=yes
    COMPREPLY=()
    _awardctl_words
    if [[ ${words[-1]} == [\'\"]* ]]; then # readline puts the other quote behind it
        words[-1]=${words[-1]:1} quoting=no
    fi
    current=${words[-1]}
    cut=${current##*[=:]} # what bash takes for the word
    while IFS= read -r line; do
        case $line in
        :files) quoting=no; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$cut") && compopt -o filenames 2>/dev/null ;;
        :directories) quoting=no; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$cut") && compopt -o filenames 2>/dev/null ;;
        *) COMPREPLY+=("${line#"${current%"$cut"}"}") ;;
        esac
    done < <("${COMP_WORDS[0]}" complete -- "${words[@]}" 2>/dev/null)
    if [ "${#COMPREPLY[@]}" -eq 1 ] && [[ ${COMPREPLY[0]} =~ ^[a-z_-]+=$ ]]; then
        compopt -o nospace 2>/dev/null # the value follows
    elif [ "${#COMPREPLY[@]}" -eq 1 ] && [ $quoting = yes ]; then
        _awardctl_quote
    fi
}

complete -F _awardctl awardctl

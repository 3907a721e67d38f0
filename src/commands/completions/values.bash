
# Movies of the board and names of voters, from the local database.
_movienight_values() {
    local cur="${COMP_WORDS[COMP_CWORD]}" kind="" word value
    _movienight "$@"
    case "${COMP_WORDS[COMP_CWORD - 1]}" in
        --as | --here) kind=voters ;;
        -*) return 0 ;;
        *)
            [[ "${cur}" == -* ]] && return 0
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case "${word}" in
                    vote | unvote | withdraw | show | watched) kind=movies ;;
                esac
            done
            ;;
    esac
    [[ -n "${kind}" ]] || return 0
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        COMPREPLY+=("$(printf %q "${value}")")
    done < <(movienight complete "${kind}" -- "${cur//[\\\"\']/}" 2>/dev/null)
}

complete -F _movienight_values -o bashdefault movienight

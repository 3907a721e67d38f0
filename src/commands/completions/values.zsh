
# Completes movies and voters of the board, and titles of the local catalogue.
_movienight_complete() {
    local -a values descriptions line board
    local value description
    # A board given with --db. It may stand before the subcommand, with which $words begins.
    line=("${(z)LBUFFER}")
    if ((${line[(I)--db]})); then
        board=(--db "${(Q)line[${line[(I)--db]} + 1]/#\~/${HOME}}")
    elif ((${line[(I)--db=*]})); then
        board=(--db "${(Q)${line[(R)--db=*]#--db=}}")
    fi
    while IFS=$'\t' read -r value description; do
        values+=("${value}")
        descriptions+=("${value}${description:+  -- ${description}}")
    done < <(movienight complete "${board[@]}" "$1" -- "${(Q)PREFIX}" "${@:2}" 2>/dev/null)
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]} l:|=* r:|=*' -d descriptions -l -a values
}

# The words between the command and the cursor are the beginning of the same title.
_movienight_titles() {
    local -a before
    local word
    for word in "${(@)words[1,CURRENT-1]}"; do
        case "${word}" in
            propose | vote | unvote | withdraw | show | open | watched | seen) before=() ;;
            *) before+=("${(Q)word}") ;;
        esac
    done
    _movienight_complete "$1" "${before[@]}"
}

_movienight_movies() { _movienight_titles movies }

_movienight_propose() { _movienight_titles propose }

_movienight_voters() { _movienight_complete voters }

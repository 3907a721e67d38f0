
# Movies of the board and names of voters, from the local database.
_movienight_complete() {
    local -a lines
    local value description
    while IFS=$'\t' read -r value description; do
        lines+=("${value//:/\\:}:${description}")
    done < <(movienight complete "$1" -- "${(Q)PREFIX}" 2>/dev/null)
    _describe -t "$1" "$1" lines -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]} l:|=* r:|=*'
}

_movienight_movies() { _movienight_complete movies }

_movienight_voters() { _movienight_complete voters }

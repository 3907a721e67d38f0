
# Movies of the board and names of voters, from the local database.
_movienight_complete() {
    local -a values descriptions
    local value description
    while IFS=$'\t' read -r value description; do
        values+=("${value}")
        descriptions+=("${value}${description:+  -- ${description}}")
    done < <(movienight complete "$1" -- "${(Q)PREFIX}" 2>/dev/null)
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]} l:|=* r:|=*' -d descriptions -l -a values
}

_movienight_movies() { _movienight_complete movies }

_movienight_voters() { _movienight_complete voters }

_movienight_here() { _movienight_complete here }

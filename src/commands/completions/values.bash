
# Movies of the board and names of voters from the local database, titles from the local catalogue.
_movienight_values() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD - 1]}" kind="" word value typed quote="" before=()
    local address="" rest="" board=()
    # What = and : break apart belongs together.
    [[ "${prev}" == "=" ]] && prev="${COMP_WORDS[COMP_CWORD - 2]}"
    [[ "${cur}" == "=" ]] && { prev="${COMP_WORDS[COMP_CWORD - 1]}"; cur=""; }
    case "${COMP_WORDS[COMP_CWORD]}${COMP_WORDS[COMP_CWORD - 1]}" in
        *=*) _movienight "$1" "${cur}" "${prev}" ;;
        *) _movienight "$@" ;;
    esac
    # Another board than the usual one.
    if [[ "${COMP_LINE:0:COMP_POINT}" =~ [[:space:]]--db(=|[[:space:]]+)([^[:space:]]+)[[:space:]] ]]; then
        address="${BASH_REMATCH[2]}"
        word="${address//[\\\"\']/}"
        [[ "${BASH_REMATCH[1]}" == "=" ]] || word="${word/#\~/"${HOME}"}"
        board=(--db "${word}")
    fi
    case "${prev}" in
        --as | -a | --here) kind=name ;;
        --db | --config | --out | --chat | --unmatched) compopt -o filenames 2>/dev/null; return 0 ;;
        --by | --color | --format | --genre | --jobs | --limit | --max | --min-votes | --name | --note | --on | --poster | \
            --propose | --rating | --runtime | --since | --start | --title | --year | --years)
            return 0
            ;;
        *)
            [[ "${cur}" == -* ]] && return 0
            for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                # What = and : break apart of its address.
                if [[ "${word}" == --db ]]; then
                    rest="${address}"
                    continue
                elif [[ -n "${rest}" ]]; then
                    # A quoted blank ends it.
                    [[ "${rest}" == "${word}"* || "${word}" == "=" ]] || rest=""
                    rest="${rest#"${word}"}"
                    continue
                fi
                # What stands between is the beginning of the same title.
                [[ "${kind}" == propose || "${kind}" == movies ]] && before+=("${word//[\\\"\']/}")
                case "${kind}:${word}" in
                    :propose) kind=propose ;;
                    :vote | :unvote | :withdraw | :show | :open | :watched | :seen) kind=movies ;;
                    :ballot | :overlap) kind=name ;;
                    :board | :catalog | :voters) kind="${word}" ;;
                    board:copy) kind=file ;;
                    voters:rename | voters:merge | voters:remove) kind=name ;;
                esac
            done
            ;;
    esac
    case "${kind}" in
        name) kind=voters ;;
        file)
            compopt -o filenames 2>/dev/null
            local IFS=$'\n'
            COMPREPLY=($(compgen -f -- "${cur}"))
            return 0
            ;;
        "" | board | catalog | voters) return 0 ;;
    esac
    COMPREPLY=()
    # Outside quotes bash breaks words at colons: what stands before the last one stays as it is.
    local line="${COMP_LINE:0:COMP_POINT}" fixed="" begun=() others=()
    if [[ "${cur}" != [\"\']* && "${line}" =~ (([^[:space:]\\]|\\.)*)$ && "${BASH_REMATCH[1]}" == *:* ]]; then
        # At the cursor it is a word of its own.
        [[ "${cur}" == *: ]] && before+=("${cur}")
        cur="${BASH_REMATCH[1]}"
        fixed="${cur%:*}:"
        # Its parts are no words before it.
        local part="${fixed//\\/}"
        while ((${#before[@]} > 0)) && [[ -n "${part}" && "${part}" == *"${before[-1]}" ]]; do
            part="${part%"${before[-1]}"}"
            unset 'before[-1]'
        done
    fi
    # What was typed, without its quoting.
    case "${cur}" in
        \"*) quote='"'; typed="${cur:1}"; typed="${typed//\\\"/\"}" ;;
        \'*) quote="'"; typed="${cur:1}" ;;
        *) typed="${cur//\\/}" ;;
    esac
    while IFS=$'\t' read -r value _; do
        # As the shell wants it: inside the quotes that are open, or escaped.
        case "${quote}" in
            '"')
                value="${value//\\/\\\\}"
                value="${value//\"/\\\"}"
                value="${value//\$/\\\$}"
                value="${value//\`/\\\`}"
                ;;
            "'") value="${value//\'/\'\\\'\'}" ;;
            *) printf -v value %q "${value}" ;;
        esac
        if [[ -n "${fixed}" ]]; then
            [[ "${value,,}" == "${fixed,,}"* ]] && COMPREPLY+=("${value:${#fixed}}")
        elif [[ "${value,,}" == "${cur#[\"\']}"* || "${value,,}" == "${cur,,}"* ]]; then
            begun+=("${value}")
        else
            others+=("${value}")
        fi
    done < <(movienight complete "${board[@]}" "${kind}" -- "${typed}" "${before[@]}" 2>/dev/null)
    [[ -n "${fixed}" ]] && return 0
    if ((${#begun[@]} > 0)); then
        COMPREPLY=("${begun[@]}")
    elif ((${#others[@]} == 1)); then
        COMPREPLY=("${others[@]}")
    elif ((${#others[@]} > 1)); then
        # None begins with what was typed: with the empty one they have no beginning in common that would replace it.
        COMPREPLY=("" "${others[@]}")
    fi
}

complete -F _movienight_values -o bashdefault movienight

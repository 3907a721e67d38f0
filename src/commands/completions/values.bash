
# Completes movies and voters of the board, and titles of the local catalogue.
_movienight_values() {
    local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD - 1]}" kind="" word value typed quote="" before=()
    local address="" rest="" board=()
    # Bash makes = a word of its own: --as=Ana is read like --as Ana.
    [[ "${prev}" == "=" ]] && prev="${COMP_WORDS[COMP_CWORD - 2]}"
    [[ "${cur}" == "=" ]] && { prev="${COMP_WORDS[COMP_CWORD - 1]}"; cur=""; }
    case "${COMP_WORDS[COMP_CWORD]}${COMP_WORDS[COMP_CWORD - 1]}" in
        *=*) _movienight "$1" "${cur}" "${prev}" ;;
        *) _movienight "$@" ;;
    esac
    # A board given with --db.
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
                # Skips the address, which bash breaks at = and :.
                if [[ "${word}" == --db ]]; then
                    rest="${address}"
                    continue
                elif [[ -n "${rest}" ]]; then
                    # The address was read only up to a quoted blank.
                    [[ "${rest}" == "${word}"* || "${word}" == "=" ]] || rest=""
                    rest="${rest#"${word}"}"
                    continue
                fi
                # The words after the command are the beginning of the same title.
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
    # Outside quotes bash breaks words at colons, and replaces only what follows the last one.
    local line="${COMP_LINE:0:COMP_POINT}" fixed="" begun=() others=()
    if [[ "${cur}" != [\"\']* && "${line}" =~ (([^[:space:]\\]|\\.)*)$ && "${BASH_REMATCH[1]}" == *:* ]]; then
        # A colon at the cursor is a word of its own.
        [[ "${cur}" == *: ]] && before+=("${cur}")
        cur="${BASH_REMATCH[1]}"
        fixed="${cur%:*}:"
        # The parts of this word are not words before it.
        local part="${fixed//\\/}"
        while ((${#before[@]} > 0)) && [[ -n "${part}" && "${part}" == *"${before[-1]}" ]]; do
            part="${part%"${before[-1]}"}"
            unset 'before[-1]'
        done
    fi
    # Removes the quoting of what was typed.
    case "${cur}" in
        \"*) quote='"'; typed="${cur:1}"; typed="${typed//\\\"/\"}" ;;
        \'*) quote="'"; typed="${cur:1}" ;;
        *) typed="${cur//\\/}" ;;
    esac
    while IFS=$'\t' read -r value _; do
        # Quotes the value for the shell: inside the open quotes, or by escaping.
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
        # Bash closes the quotes, unless the value ends like them.
        [[ -n "${quote}" && "${value}" == *"${quote}" ]] && value+="${quote}"
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
        # No value begins with what was typed. The empty one keeps bash from replacing that with their common prefix.
        COMPREPLY=("" "${others[@]}")
    fi
}

complete -F _movienight_values -o bashdefault movienight

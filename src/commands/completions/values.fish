
# Completes movies and voters of the board, and titles of the local catalogue.
function __movienight_values
    set -l words (commandline -opc)
    set -l board
    # A board given with --db.
    if set -l at (contains -i -- --db $words)
        set board --db (string replace -r '^~' $HOME -- $words[(math $at + 1)])
    else if set -l address (string replace -rf '^--db=' '' -- $words)
        set board --db $address[-1]
    end
    movienight complete $board $argv 2>/dev/null
end
# The word before the cursor without its backslashes. A quote that is still open stays.
function __movienight_word
    set -l word (commandline -ct)
    string unescape -- $word 2>/dev/null; or echo -- $word
end
complete -c movienight -n "__fish_movienight_using_subcommand vote unvote withdraw show open watched seen" -f -a "(__movienight_values movies -- (__movienight_word) (commandline -opc))"
complete -c movienight -n "__fish_movienight_using_subcommand propose" -f -a "(__movienight_values propose -- (__movienight_word) (commandline -opc))"
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename merge remove" -f -a "(__movienight_values voters)"
complete -c movienight -n "__fish_movienight_using_subcommand ballot overlap" -f -a "(__movienight_values voters)"
complete -c movienight -s a -l as -x -a "(__movienight_values voters)"
complete -c movienight -n "__fish_movienight_using_subcommand pick watched" -l here -x -a "(__movienight_values voters -- (__movienight_word | string replace -r '^--here=' ''))"
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get set unset; and __fish_is_nth_token 3" -f -a "(movienight config 2>/dev/null | string match -rg '^([a-z][\\w.-]*) ')"

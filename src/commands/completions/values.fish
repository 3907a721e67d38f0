
# Movies of the board and names of voters from the local database, titles from the local catalogue.
complete -c movienight -n "__fish_movienight_using_subcommand vote unvote withdraw show open watched" -f -a "(movienight complete movies -- (commandline -ct) (commandline -opc) 2>/dev/null)"
complete -c movienight -n "__fish_movienight_using_subcommand propose" -f -a "(movienight complete propose -- (commandline -ct) (commandline -opc) 2>/dev/null)"
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename merge remove" -f -a "(movienight complete voters 2>/dev/null)"
complete -c movienight -l as -x -a "(movienight complete voters 2>/dev/null)"
complete -c movienight -l here -x -a "(movienight complete here -- (commandline -ct | string replace -r '^--here=' '') 2>/dev/null)"

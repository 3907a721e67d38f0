# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_movienight_global_optspecs
    string join \n V/version db= a/as= offline json color= config= 0/null q/quiet h/help
end

function __fish_movienight_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_movienight_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_movienight_using_subcommand
    set -l cmd (__fish_movienight_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c movienight -n "__fish_movienight_needs_command" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_needs_command" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_needs_command" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_needs_command" -s V -l version -d 'Print the version, and what it was built with'
complete -c movienight -n "__fish_movienight_needs_command" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_needs_command" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_needs_command" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_needs_command" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "propose" -d 'Put movies on the board, with your vote'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "vote" -d 'Vote for movies, or show the board'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "unvote" -d 'Take your votes and noes back'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "ballot" -d 'Take ballots in turn at one keyboard, or from the chat'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "withdraw" -d 'Take movies off the board; their votes are kept'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "pick" -d 'Pick the winner, and say why'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "watched" -d 'Mark movies as watched'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "history" -d 'Show what was watched, when and with whom'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "seen" -d 'Mark movies as seen'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "hide" -d 'Hide votes until they are revealed'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "reveal" -d 'Reveal hidden votes'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "undo" -d 'Undo your last change'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "redo" -d 'Redo the change that you undid last'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "search" -d 'Find titles by name'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "show" -d 'Show everything known about movies'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "open" -d 'Open a movie\'s page in the browser'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "page" -d 'Write the board as a page to share or a list for the chat'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "join" -d 'Join a board, and remember it and your name'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "config" -d 'Show and change the settings'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "voters" -d 'List, rename, merge or remove people'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "import" -d 'Read lists from other programs'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "export" -d 'Write the board for other programs, or everything'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "overlap" -d 'Show what is on everybody\'s list'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "cache" -d 'Refresh the IMDb data, and check its health'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "catalog" -d 'Manage the local copy of IMDb\'s data'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "board" -d 'Create, list and copy boards'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "completions" -d 'Print shell completions'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "doctor" -d 'Find problems with the set-up'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "man" -d 'Print the manual page'
complete -c movienight -n "__fish_movienight_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand propose" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l title -d 'Propose a movie without an IMDb id by this title' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l year -d 'Year of that title (in a search, type it after the words)' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l runtime -d 'The running time of that title, such as 2h10m' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l note -d 'A note shown with the movie' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l again -d 'Also propose movies that were watched already'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -l skip-unknown -d 'Skip movies that cannot be found'
complete -c movienight -n "__fish_movienight_using_subcommand propose" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand vote" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l start -d 'Start, such as 20:30 [default: now]' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l by -d 'Latest end, such as 23:00' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l max -d 'Longest running time, such as 2h10m' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l genre -d 'Genres to choose from, such as drama,crime' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l years -d 'Years to choose from, such as 1990-1999' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l rating -d 'Lowest rating, such as 7' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l age -d 'Age of the youngest viewer (needs an OMDb key)' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l favorite -l favourite -d 'Mark the movie as your one favourite, which breaks ties'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l no -d 'Say no to the movies; at most three on the board'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l missing -d 'List who has not voted yet, one name per line'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l all -d 'Show the whole board, even if it does not fit the screen'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -l unseen -d 'Leave out movies that someone present has seen'
complete -c movienight -n "__fish_movienight_using_subcommand vote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -l favorite -l favourite -d 'Only unmark your favourite, and keep the vote'
complete -c movienight -n "__fish_movienight_using_subcommand unvote" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l chat -d 'Read ballots from a chat file, or from pasted text' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l since -d 'Count only chat messages from this day or time on' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l name -d 'Map a name in the chat to a voter, or add it as a voter' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l yes -d 'Store the ballots from the chat without asking'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l dry-run -d 'Show the ballots from the chat, and store nothing'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -l plain -d 'Ask each person for one line of answers'
complete -c movienight -n "__fish_movienight_using_subcommand ballot" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand withdraw" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand pick" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l here -d 'Count only the votes of these people [default: everybody]' -r
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l start -d 'Start, such as 20:30 [default: now]' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l by -d 'Latest end, such as 23:00' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l max -d 'Longest running time, such as 2h10m' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l genre -d 'Genres to choose from, such as drama,crime' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l years -d 'Years to choose from, such as 1990-1999' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l rating -d 'Lowest rating, such as 7' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l age -d 'Age of the youngest viewer (needs an OMDb key)' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l random -d 'Draw among the movies that fit, weighted by their scores'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l watched -d 'Mark the winner as watched'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l reveal -d 'Reveal hidden votes first'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l all -d 'Show the whole ranking, even if it does not fit the screen'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -l unseen -d 'Leave out movies that someone present has seen'
complete -c movienight -n "__fish_movienight_using_subcommand pick" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand watched" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l on -d 'The day, such as 2026-11-20 or yesterday [default: now]' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l here -d 'The people who were there' -r
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand watched" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand watched" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand watched" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand watched" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand history" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand history" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand history" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand history" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand history" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand history" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand history" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand history" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand history" -l all -d 'Show all of it, even if it does not fit the screen'
complete -c movienight -n "__fish_movienight_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand seen" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand seen" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand seen" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand seen" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand seen" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand seen" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand seen" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand seen" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand seen" -l not -d 'Unmark movies that you have not seen'
complete -c movienight -n "__fish_movienight_using_subcommand seen" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand hide" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand hide" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand hide" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand hide" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand hide" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand hide" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand hide" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand hide" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand hide" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand reveal" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand undo" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l list -d 'List the last ten changes, and undo nothing'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -l any -d 'Undo the last change, whoever made it'
complete -c movienight -n "__fish_movienight_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand redo" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand redo" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand redo" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand redo" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand redo" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand redo" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand redo" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand redo" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand redo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand search" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand search" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand search" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand search" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand search" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand search" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand search" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand search" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand show" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand show" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand show" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand show" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand show" -l poster -d 'How to draw posters: auto, blocks or never' -r -f -a "auto\t''
blocks\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand show" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand show" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand show" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand show" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand open" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand open" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand open" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand open" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand open" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand open" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand open" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand open" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand open" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand page" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand page" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand page" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand page" -l out -d 'File to write or replace [default: standard output]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand page" -l start -d 'Start, such as 20:30 [default: now]' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l by -d 'Latest end, such as 23:00' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l max -d 'Longest running time, such as 2h10m' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l genre -d 'Genres to choose from, such as drama,crime' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l years -d 'Years to choose from, such as 1990-1999' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l rating -d 'Lowest rating, such as 7' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l age -d 'Age of the youngest viewer (needs an OMDb key)' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand page" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand page" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand page" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l open -d 'Open the file in the browser'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l markdown -d 'Write a list for the chat instead of a page'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l ballot -d 'Write a ballot paper for phones instead of a page'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l hide-names -d 'Leave out who voted and who proposed'
complete -c movienight -n "__fish_movienight_using_subcommand page" -l unseen -d 'Leave out movies that someone present has seen'
complete -c movienight -n "__fish_movienight_using_subcommand page" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand join" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand join" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand join" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand join" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand join" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand join" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand join" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand join" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand join" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -f -a "get" -d 'Print the value of a setting'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -f -a "set" -d 'Write a setting into the configuration file'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -f -a "unset" -d 'Remove a setting from the configuration file'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -f -a "path" -d 'Print the path of the configuration file'
complete -c movienight -n "__fish_movienight_using_subcommand config; and not __fish_seen_subcommand_from get set unset path edit" -f -a "edit" -d 'Open the configuration file in VISUAL or EDITOR'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand config; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -f -a "rename" -d 'Rename a person'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -f -a "merge" -d 'Merge one person into another'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and not __fish_seen_subcommand_from rename merge remove" -f -a "remove" -d 'Remove a person and their votes; proposals stay'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from merge" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand voters; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand import" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand import" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand import" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand import" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand import" -l format -d 'Require this format of the files' -r -f -a "letterboxd\t''
letterboxd-watchlist\t''
letterboxd-watched\t''
imdb\t''
trakt\t''
tmdb\t''
radarr\t''
csv\t''
lines\t''"
complete -c movienight -n "__fish_movienight_using_subcommand import" -l unmatched -d 'Write rows without a match to this file, as they came' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand import" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand import" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand import" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand import" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand import" -l propose -d 'Put the movies on the board, with your vote'
complete -c movienight -n "__fish_movienight_using_subcommand import" -l replace -d 'Replace your list instead of adding to it'
complete -c movienight -n "__fish_movienight_using_subcommand import" -l dry-run -d 'Show what would be stored, and store nothing'
complete -c movienight -n "__fish_movienight_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand export" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand export" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand export" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand export" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand export" -l format -d 'Output format' -r -f -a "json\t''
csv\t''
letterboxd\t''
radarr\t''"
complete -c movienight -n "__fish_movienight_using_subcommand export" -l out -d 'Write to this file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand export" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand export" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand export" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand export" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l propose -d 'Propose the first N, with the votes of those who want them' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l start -d 'Start, such as 20:30 [default: now]' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l by -d 'Latest end, such as 23:00' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l max -d 'Longest running time, such as 2h10m' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l genre -d 'Genres to choose from, such as drama,crime' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l years -d 'Years to choose from, such as 1990-1999' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l rating -d 'Lowest rating, such as 7' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l age -d 'Age of the youngest viewer (needs an OMDb key)' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l series -d 'Include series'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l all -d 'Show everything, even if it does not fit the screen'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -l unseen -d 'Leave out movies that someone present has seen'
complete -c movienight -n "__fish_movienight_using_subcommand overlap" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -f -a "refresh" -d 'Fetch data that is missing or at least 16 hours old'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and not __fish_seen_subcommand_from refresh stats" -f -a "stats" -d 'Show the health of the cache'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l limit -d 'Fetch at most N titles' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l jobs -d 'Requests at a time, 1 to 16' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l all -d 'Fetch fresh titles, too'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from refresh" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -l check -d 'Print only problems, and exit with 1 if there are any'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand cache; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -f -a "update" -d 'Download IMDb\'s datasets and build the catalogue'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -f -a "status" -d 'Show the size and age of the catalogue'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and not __fish_seen_subcommand_from update status remove" -f -a "remove" -d 'Remove the catalogue and its downloads'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l min-votes -d 'Keep titles with N votes or more [default: as before, or 100]' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l ratings -d 'Update only ratings and their counts (8 MiB)'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand catalog; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -f -a "create" -d 'Create a board on a server'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -f -a "list" -d 'List the boards of a database'
complete -c movienight -n "__fish_movienight_using_subcommand board; and not __fish_seen_subcommand_from create list copy" -f -a "copy" -d 'Copy a board and its history to a new place'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -l group -d 'Let the members of this role use the board' -r -f
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand board; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand completions" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand completions" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand completions" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand completions" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand completions" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand completions" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand completions" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand completions" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand man" -l db -d 'The board: a file, postgres://… or a name in [boards]' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand man" -s a -l as -d 'The name under which you vote' -r
complete -c movienight -n "__fish_movienight_using_subcommand man" -l color -d 'When to use colours' -r -f -a "auto\t''
always\t''
never\t''"
complete -c movienight -n "__fish_movienight_using_subcommand man" -l config -d 'The configuration file' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand man" -l out -d 'Write a page for each command to this folder' -r -F
complete -c movienight -n "__fish_movienight_using_subcommand man" -l offline -d 'Make no request to a metadata service'
complete -c movienight -n "__fish_movienight_using_subcommand man" -l json -d 'Print JSON'
complete -c movienight -n "__fish_movienight_using_subcommand man" -s 0 -l null -d 'Items on standard input end with NUL, not a newline'
complete -c movienight -n "__fish_movienight_using_subcommand man" -s q -l quiet -d 'Print only results and errors'
complete -c movienight -n "__fish_movienight_using_subcommand man" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "propose" -d 'Put movies on the board, with your vote'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "vote" -d 'Vote for movies, or show the board'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "unvote" -d 'Take your votes and noes back'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "ballot" -d 'Take ballots in turn at one keyboard, or from the chat'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "withdraw" -d 'Take movies off the board; their votes are kept'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "pick" -d 'Pick the winner, and say why'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "watched" -d 'Mark movies as watched'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "history" -d 'Show what was watched, when and with whom'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "seen" -d 'Mark movies as seen'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "hide" -d 'Hide votes until they are revealed'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "reveal" -d 'Reveal hidden votes'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "undo" -d 'Undo your last change'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "redo" -d 'Redo the change that you undid last'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "search" -d 'Find titles by name'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "show" -d 'Show everything known about movies'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "open" -d 'Open a movie\'s page in the browser'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "page" -d 'Write the board as a page to share or a list for the chat'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "join" -d 'Join a board, and remember it and your name'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "config" -d 'Show and change the settings'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "voters" -d 'List, rename, merge or remove people'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "import" -d 'Read lists from other programs'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "export" -d 'Write the board for other programs, or everything'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "overlap" -d 'Show what is on everybody\'s list'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "cache" -d 'Refresh the IMDb data, and check its health'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "catalog" -d 'Manage the local copy of IMDb\'s data'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "board" -d 'Create, list and copy boards'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "completions" -d 'Print shell completions'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "doctor" -d 'Find problems with the set-up'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "man" -d 'Print the manual page'
complete -c movienight -n "__fish_movienight_using_subcommand help; and not __fish_seen_subcommand_from propose vote unvote ballot withdraw pick watched history seen hide reveal undo redo search show open page join config voters import export overlap cache catalog board completions doctor man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "get" -d 'Print the value of a setting'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "set" -d 'Write a setting into the configuration file'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "unset" -d 'Remove a setting from the configuration file'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "path" -d 'Print the path of the configuration file'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "edit" -d 'Open the configuration file in VISUAL or EDITOR'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from voters" -f -a "rename" -d 'Rename a person'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from voters" -f -a "merge" -d 'Merge one person into another'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from voters" -f -a "remove" -d 'Remove a person and their votes; proposals stay'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "refresh" -d 'Fetch data that is missing or at least 16 hours old'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from cache" -f -a "stats" -d 'Show the health of the cache'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "update" -d 'Download IMDb\'s datasets and build the catalogue'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "status" -d 'Show the size and age of the catalogue'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from catalog" -f -a "remove" -d 'Remove the catalogue and its downloads'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from board" -f -a "create" -d 'Create a board on a server'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from board" -f -a "list" -d 'List the boards of a database'
complete -c movienight -n "__fish_movienight_using_subcommand help; and __fish_seen_subcommand_from board" -f -a "copy" -d 'Copy a board and its history to a new place'

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

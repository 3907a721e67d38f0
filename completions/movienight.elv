
use builtin;
use str;

set edit:completion:arg-completer[movienight] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'movienight'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'movienight'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand -V 'Print the version, and what it was built with'
            cand --version 'Print the version, and what it was built with'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand propose 'Put movies on the board, with your vote'
            cand vote 'Vote for movies, or show the board'
            cand unvote 'Take your votes and noes back'
            cand ballot 'Take ballots in turn at one keyboard, or from the chat'
            cand withdraw 'Take movies off the board; their votes are kept'
            cand pick 'Pick the winner, and say why'
            cand watched 'Mark movies as watched'
            cand history 'Show what was watched, when and with whom'
            cand seen 'Mark movies as seen'
            cand hide 'Hide votes until they are revealed'
            cand reveal 'Reveal hidden votes'
            cand undo 'Undo your last change'
            cand redo 'Redo the change that you undid last'
            cand search 'Find titles by name'
            cand show 'Show everything known about movies'
            cand open 'Open a movie''s page in the browser'
            cand page 'Write the board as a page to share or a list for the chat'
            cand join 'Join a board, and remember it and your name'
            cand config 'Show and change the settings'
            cand voters 'List, rename, merge or remove people'
            cand import 'Read lists from other programs'
            cand export 'Write the board for other programs, or everything'
            cand overlap 'Show what is on everybody''s list'
            cand cache 'Refresh the IMDb data, and check its health'
            cand catalog 'Manage the local copy of IMDb''s data'
            cand board 'Create, list and copy boards'
            cand completions 'Print shell completions'
            cand doctor 'Find problems with the set-up'
            cand man 'Print the manual page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;propose'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --title 'Propose a movie without an IMDb id by this title'
            cand --year 'Year of that title (in a search, type it after the words)'
            cand --runtime 'The running time of that title, such as 2h10m'
            cand --note 'A note shown with the movie'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --again 'Also propose movies that were watched already'
            cand --skip-unknown 'Skip movies that cannot be found'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;vote'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --start 'Start, such as 20:30 [default: now]'
            cand --by 'Latest end, such as 23:00'
            cand --max 'Longest running time, such as 2h10m'
            cand --genre 'Genres to choose from, such as drama,crime'
            cand --years 'Years to choose from, such as 1990-1999'
            cand --rating 'Lowest rating, such as 7'
            cand --age 'Age of the youngest viewer (needs an OMDb key)'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --favorite 'Mark the movie as your one favourite, which breaks ties'
            cand --favourite 'Mark the movie as your one favourite, which breaks ties'
            cand --no 'Say no to the movies; at most three on the board'
            cand --missing 'List who has not voted yet, one name per line'
            cand --all 'Show the whole board, even if it does not fit the screen'
            cand --unseen 'Leave out movies that someone present has seen'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;unvote'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --favorite 'Only unmark your favourite, and keep the vote'
            cand --favourite 'Only unmark your favourite, and keep the vote'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;ballot'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --chat 'Read ballots from a chat file, or from pasted text'
            cand --since 'Count only chat messages from this day or time on'
            cand --name 'Map a name in the chat to a voter, or add it as a voter'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --yes 'Store the ballots from the chat without asking'
            cand --dry-run 'Show the ballots from the chat, and store nothing'
            cand --plain 'Ask each person for one line of answers'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;withdraw'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;pick'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --here 'Count only the votes of these people [default: everybody]'
            cand --start 'Start, such as 20:30 [default: now]'
            cand --by 'Latest end, such as 23:00'
            cand --max 'Longest running time, such as 2h10m'
            cand --genre 'Genres to choose from, such as drama,crime'
            cand --years 'Years to choose from, such as 1990-1999'
            cand --rating 'Lowest rating, such as 7'
            cand --age 'Age of the youngest viewer (needs an OMDb key)'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --random 'Draw among the movies that fit, weighted by their scores'
            cand --watched 'Mark the winner as watched'
            cand --reveal 'Reveal hidden votes first'
            cand --all 'Show the whole ranking, even if it does not fit the screen'
            cand --unseen 'Leave out movies that someone present has seen'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;watched'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --on 'The day, such as 2026-11-20 or yesterday [default: now]'
            cand --here 'The people who were there'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;history'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --all 'Show all of it, even if it does not fit the screen'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;seen'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --not 'Unmark movies that you have not seen'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;hide'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;reveal'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;undo'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --list 'List the last ten changes, and undo nothing'
            cand --any 'Undo the last change, whoever made it'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;redo'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;search'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;show'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --poster 'How to draw posters: auto, blocks or never'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;open'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;page'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --out 'File to write or replace [default: standard output]'
            cand --start 'Start, such as 20:30 [default: now]'
            cand --by 'Latest end, such as 23:00'
            cand --max 'Longest running time, such as 2h10m'
            cand --genre 'Genres to choose from, such as drama,crime'
            cand --years 'Years to choose from, such as 1990-1999'
            cand --rating 'Lowest rating, such as 7'
            cand --age 'Age of the youngest viewer (needs an OMDb key)'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --open 'Open the file in the browser'
            cand --markdown 'Write a list for the chat instead of a page'
            cand --ballot 'Write a ballot paper for phones instead of a page'
            cand --hide-names 'Leave out who voted and who proposed'
            cand --unseen 'Leave out movies that someone present has seen'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;join'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;config'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand get 'Print the value of a setting'
            cand set 'Write a setting into the configuration file'
            cand unset 'Remove a setting from the configuration file'
            cand path 'Print the path of the configuration file'
            cand edit 'Open the configuration file in VISUAL or EDITOR'
        }
        &'movienight;config;get'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;config;set'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;config;unset'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;config;path'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;config;edit'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;voters'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand rename 'Rename a person'
            cand merge 'Merge one person into another'
            cand remove 'Remove a person and their votes; proposals stay'
        }
        &'movienight;voters;rename'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;voters;merge'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;voters;remove'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;import'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --format 'Require this format of the files'
            cand --unmatched 'Write rows without a match to this file, as they came'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --propose 'Put the movies on the board, with your vote'
            cand --replace 'Replace your list instead of adding to it'
            cand --dry-run 'Show what would be stored, and store nothing'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;export'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --format 'Output format'
            cand --out 'Write to this file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;overlap'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --propose 'Propose the first N, with the votes of those who want them'
            cand --start 'Start, such as 20:30 [default: now]'
            cand --by 'Latest end, such as 23:00'
            cand --max 'Longest running time, such as 2h10m'
            cand --genre 'Genres to choose from, such as drama,crime'
            cand --years 'Years to choose from, such as 1990-1999'
            cand --rating 'Lowest rating, such as 7'
            cand --age 'Age of the youngest viewer (needs an OMDb key)'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand --series 'Include series'
            cand --all 'Show everything, even if it does not fit the screen'
            cand --unseen 'Leave out movies that someone present has seen'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand refresh 'Fetch data that is missing or at least 16 hours old'
            cand stats 'Show the health of the cache'
        }
        &'movienight;cache;refresh'= {
            cand --limit 'Fetch at most N titles'
            cand --jobs 'Requests at a time, 1 to 16'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --all 'Fetch fresh titles, too'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache;stats'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --check 'Print only problems, and exit with 1 if there are any'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;catalog'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand update 'Download IMDb''s datasets and build the catalogue'
            cand status 'Show the size and age of the catalogue'
            cand remove 'Remove the catalogue and its downloads'
        }
        &'movienight;catalog;update'= {
            cand --min-votes 'Keep titles with N votes or more [default: as before, or 100]'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --ratings 'Update only ratings and their counts (8 MiB)'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;catalog;status'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;catalog;remove'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;board'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Create a board on a server'
            cand list 'List the boards of a database'
            cand copy 'Copy a board and its history to a new place'
        }
        &'movienight;board;create'= {
            cand --group 'Let the members of this role use the board'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;board;list'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;board;copy'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;completions'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;doctor'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;man'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --out 'Write a page for each command to this folder'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -0 'Items on standard input end with NUL, not a newline'
            cand --null 'Items on standard input end with NUL, not a newline'
            cand -q 'Print only results and errors'
            cand --quiet 'Print only results and errors'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;help'= {
            cand propose 'Put movies on the board, with your vote'
            cand vote 'Vote for movies, or show the board'
            cand unvote 'Take your votes and noes back'
            cand ballot 'Take ballots in turn at one keyboard, or from the chat'
            cand withdraw 'Take movies off the board; their votes are kept'
            cand pick 'Pick the winner, and say why'
            cand watched 'Mark movies as watched'
            cand history 'Show what was watched, when and with whom'
            cand seen 'Mark movies as seen'
            cand hide 'Hide votes until they are revealed'
            cand reveal 'Reveal hidden votes'
            cand undo 'Undo your last change'
            cand redo 'Redo the change that you undid last'
            cand search 'Find titles by name'
            cand show 'Show everything known about movies'
            cand open 'Open a movie''s page in the browser'
            cand page 'Write the board as a page to share or a list for the chat'
            cand join 'Join a board, and remember it and your name'
            cand config 'Show and change the settings'
            cand voters 'List, rename, merge or remove people'
            cand import 'Read lists from other programs'
            cand export 'Write the board for other programs, or everything'
            cand overlap 'Show what is on everybody''s list'
            cand cache 'Refresh the IMDb data, and check its health'
            cand catalog 'Manage the local copy of IMDb''s data'
            cand board 'Create, list and copy boards'
            cand completions 'Print shell completions'
            cand doctor 'Find problems with the set-up'
            cand man 'Print the manual page'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;help;propose'= {
        }
        &'movienight;help;vote'= {
        }
        &'movienight;help;unvote'= {
        }
        &'movienight;help;ballot'= {
        }
        &'movienight;help;withdraw'= {
        }
        &'movienight;help;pick'= {
        }
        &'movienight;help;watched'= {
        }
        &'movienight;help;history'= {
        }
        &'movienight;help;seen'= {
        }
        &'movienight;help;hide'= {
        }
        &'movienight;help;reveal'= {
        }
        &'movienight;help;undo'= {
        }
        &'movienight;help;redo'= {
        }
        &'movienight;help;search'= {
        }
        &'movienight;help;show'= {
        }
        &'movienight;help;open'= {
        }
        &'movienight;help;page'= {
        }
        &'movienight;help;join'= {
        }
        &'movienight;help;config'= {
            cand get 'Print the value of a setting'
            cand set 'Write a setting into the configuration file'
            cand unset 'Remove a setting from the configuration file'
            cand path 'Print the path of the configuration file'
            cand edit 'Open the configuration file in VISUAL or EDITOR'
        }
        &'movienight;help;config;get'= {
        }
        &'movienight;help;config;set'= {
        }
        &'movienight;help;config;unset'= {
        }
        &'movienight;help;config;path'= {
        }
        &'movienight;help;config;edit'= {
        }
        &'movienight;help;voters'= {
            cand rename 'Rename a person'
            cand merge 'Merge one person into another'
            cand remove 'Remove a person and their votes; proposals stay'
        }
        &'movienight;help;voters;rename'= {
        }
        &'movienight;help;voters;merge'= {
        }
        &'movienight;help;voters;remove'= {
        }
        &'movienight;help;import'= {
        }
        &'movienight;help;export'= {
        }
        &'movienight;help;overlap'= {
        }
        &'movienight;help;cache'= {
            cand refresh 'Fetch data that is missing or at least 16 hours old'
            cand stats 'Show the health of the cache'
        }
        &'movienight;help;cache;refresh'= {
        }
        &'movienight;help;cache;stats'= {
        }
        &'movienight;help;catalog'= {
            cand update 'Download IMDb''s datasets and build the catalogue'
            cand status 'Show the size and age of the catalogue'
            cand remove 'Remove the catalogue and its downloads'
        }
        &'movienight;help;catalog;update'= {
        }
        &'movienight;help;catalog;status'= {
        }
        &'movienight;help;catalog;remove'= {
        }
        &'movienight;help;board'= {
            cand create 'Create a board on a server'
            cand list 'List the boards of a database'
            cand copy 'Copy a board and its history to a new place'
        }
        &'movienight;help;board;create'= {
        }
        &'movienight;help;board;list'= {
        }
        &'movienight;help;board;copy'= {
        }
        &'movienight;help;completions'= {
        }
        &'movienight;help;doctor'= {
        }
        &'movienight;help;man'= {
        }
        &'movienight;help;help'= {
        }
    ]
    $completions[$command]
}

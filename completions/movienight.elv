
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
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand propose 'Put movies on the board; proposing counts as your vote'
            cand vote 'Vote for movies; without a movie: show the vote board'
            cand unvote 'Take your votes back'
            cand withdraw 'Take movies off the board; their votes are kept, so that they can return'
            cand pick 'Decide: the winner, and why'
            cand watched 'Mark movies as watched; they leave the board and enter the history'
            cand history 'Show what was watched, when, and who was there'
            cand undo 'Undo your last change to the board'
            cand redo 'Redo what you undid last'
            cand search 'Look for titles by name'
            cand show 'Show everything known about movies'
            cand open 'Open the page of a movie in the browser'
            cand page 'Make the board a page to send round, or a list for the chat'
            cand config 'Show and change the settings'
            cand voters 'List the people; rename, merge or remove them'
            cand cache 'Bring the cache of IMDb data up to date, and see how it is'
            cand catalog 'Keep IMDb''s own data at hand, to find titles without the network'
            cand board 'Boards on a PostgreSQL server: make, list, copy'
            cand completions 'Print shell completions'
            cand man 'Print the manual page, as roff'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;propose'= {
            cand --title 'Propose something that has no IMDb id, by this title'
            cand --note 'Why: shown with the movie'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --again 'Even what was watched already'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;vote'= {
            cand --start 'When you start, such as 20:30 [default: now]'
            cand --by 'When it must be over, such as 23:00'
            cand --max 'The longest that it may run, such as 2h10m'
            cand --genre 'Genres of which it must have one, such as drama,crime'
            cand --years 'The years that it must be of, such as 1990-1999'
            cand --rating 'The rating that it must have at least, such as 7'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --favorite 'Mark the movie as your one favourite, which settles ties'
            cand --favourite 'Mark the movie as your one favourite, which settles ties'
            cand --all 'Show all of the board, also what does not fit the screen'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;unvote'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --favorite 'Take back only that it is your favourite; the vote stays'
            cand --favourite 'Take back only that it is your favourite; the vote stays'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;pick'= {
            cand --here 'Who is here: only their votes count [default: everybody]'
            cand --random 'Draw among those that are tied but for their age, or among all, by votes'
            cand --seed 'Repeat the draw that printed this seed'
            cand --start 'When you start, such as 20:30 [default: now]'
            cand --by 'When it must be over, such as 23:00'
            cand --max 'The longest that it may run, such as 2h10m'
            cand --genre 'Genres of which it must have one, such as drama,crime'
            cand --years 'The years that it must be of, such as 1990-1999'
            cand --rating 'The rating that it must have at least, such as 7'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --watched 'Mark the winner as watched'
            cand --all 'Show the whole ranking, not only the contenders'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;watched'= {
            cand --on 'When: a day such as 2026-11-20, or yesterday [default: now]'
            cand --here 'Who was there'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;history'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --all 'Show all of it, also what does not fit the screen'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;undo'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --list 'Show the last ten changes, and change nothing'
            cand --any 'Undo the last change of anybody''s'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;show'= {
            cand --poster 'How to show posters: auto, blocks or never [default: MOVIENIGHT_POSTER, else auto]'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;open'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --trailer 'Its trailer, where one is known'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;page'= {
            cand --out 'The file to write; what was there is replaced [default: standard output]'
            cand --start 'When you start, such as 20:30 [default: now]'
            cand --by 'When it must be over, such as 23:00'
            cand --max 'The longest that it may run, such as 2h10m'
            cand --genre 'Genres of which it must have one, such as drama,crime'
            cand --years 'The years that it must be of, such as 1990-1999'
            cand --rating 'The rating that it must have at least, such as 7'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --open 'Show the file in the browser'
            cand --markdown 'Write a list for the group''s chat instead of a page'
            cand --hide-names 'Leave out who voted and who proposed'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand get 'Print the value of a setting'
            cand set 'Write a setting into the configuration file'
            cand unset 'Remove a setting from the configuration file'
            cand path 'Print the path of the configuration file'
            cand edit 'Open the configuration file in VISUAL or EDITOR'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;config;get'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;config;help'= {
            cand get 'Print the value of a setting'
            cand set 'Write a setting into the configuration file'
            cand unset 'Remove a setting from the configuration file'
            cand path 'Print the path of the configuration file'
            cand edit 'Open the configuration file in VISUAL or EDITOR'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;config;help;get'= {
        }
        &'movienight;config;help;set'= {
        }
        &'movienight;config;help;unset'= {
        }
        &'movienight;config;help;path'= {
        }
        &'movienight;config;help;edit'= {
        }
        &'movienight;config;help;help'= {
        }
        &'movienight;voters'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand rename 'Give a person another name'
            cand merge 'Make two people one: votes and proposals of the first become the second''s, whose favourite wins'
            cand remove 'Remove a person with their votes; their proposals stay'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;voters;rename'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;voters;help'= {
            cand rename 'Give a person another name'
            cand merge 'Make two people one: votes and proposals of the first become the second''s, whose favourite wins'
            cand remove 'Remove a person with their votes; their proposals stay'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;voters;help;rename'= {
        }
        &'movienight;voters;help;merge'= {
        }
        &'movienight;voters;help;remove'= {
        }
        &'movienight;voters;help;help'= {
        }
        &'movienight;cache'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand refresh 'Fetch what is missing or at least 16 hours old'
            cand stats 'Show the health of the cache'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;cache;refresh'= {
            cand --limit 'At most so many titles'
            cand --jobs 'Requests at a time, 1 to 16'
            cand --background 'Started by another command, for these titles; without any: for those on the board'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --all 'Fresh titles too'
            cand --no-posters 'Leave posters out'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache;stats'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --check 'Say only what is wrong, and exit with 1 if anything is'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache;help'= {
            cand refresh 'Fetch what is missing or at least 16 hours old'
            cand stats 'Show the health of the cache'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;cache;help;refresh'= {
        }
        &'movienight;cache;help;stats'= {
        }
        &'movienight;cache;help;help'= {
        }
        &'movienight;catalog'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand update 'Download IMDb''s datasets and make them the local catalogue'
            cand status 'Show how large the catalogue is, and how old'
            cand remove 'Remove the catalogue, and what was downloaded for it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;catalog;update'= {
            cand --min-votes 'Titles with at least N votes [default: as last time, at first 100]'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --ratings 'Only new ratings and numbers of votes: 8 MiB'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;catalog;help'= {
            cand update 'Download IMDb''s datasets and make them the local catalogue'
            cand status 'Show how large the catalogue is, and how old'
            cand remove 'Remove the catalogue, and what was downloaded for it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;catalog;help;update'= {
        }
        &'movienight;catalog;help;status'= {
        }
        &'movienight;catalog;help;remove'= {
        }
        &'movienight;catalog;help;help'= {
        }
        &'movienight;board'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand create 'Make a board; the first propose makes one as well'
            cand list 'List the boards of a database'
            cand copy 'Copy a board with everything in it to a new place'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;board;create'= {
            cand --group 'Let the members of this role use it, who are not its owner'
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
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
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;board;help'= {
            cand create 'Make a board; the first propose makes one as well'
            cand list 'List the boards of a database'
            cand copy 'Copy a board with everything in it to a new place'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;board;help;create'= {
        }
        &'movienight;board;help;list'= {
        }
        &'movienight;board;help;copy'= {
        }
        &'movienight;board;help;help'= {
        }
        &'movienight;completions'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;man'= {
            cand --db 'The board: a file, postgres://… or a name in [boards]'
            cand -a 'The name under which you vote'
            cand --as 'The name under which you vote'
            cand --color 'When to use colours'
            cand --config 'The configuration file'
            cand --offline 'Make no request to a metadata service'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;help'= {
            cand propose 'Put movies on the board; proposing counts as your vote'
            cand vote 'Vote for movies; without a movie: show the vote board'
            cand unvote 'Take your votes back'
            cand withdraw 'Take movies off the board; their votes are kept, so that they can return'
            cand pick 'Decide: the winner, and why'
            cand watched 'Mark movies as watched; they leave the board and enter the history'
            cand history 'Show what was watched, when, and who was there'
            cand undo 'Undo your last change to the board'
            cand redo 'Redo what you undid last'
            cand search 'Look for titles by name'
            cand show 'Show everything known about movies'
            cand open 'Open the page of a movie in the browser'
            cand page 'Make the board a page to send round, or a list for the chat'
            cand config 'Show and change the settings'
            cand voters 'List the people; rename, merge or remove them'
            cand cache 'Bring the cache of IMDb data up to date, and see how it is'
            cand catalog 'Keep IMDb''s own data at hand, to find titles without the network'
            cand board 'Boards on a PostgreSQL server: make, list, copy'
            cand completions 'Print shell completions'
            cand man 'Print the manual page, as roff'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;help;propose'= {
        }
        &'movienight;help;vote'= {
        }
        &'movienight;help;unvote'= {
        }
        &'movienight;help;withdraw'= {
        }
        &'movienight;help;pick'= {
        }
        &'movienight;help;watched'= {
        }
        &'movienight;help;history'= {
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
            cand rename 'Give a person another name'
            cand merge 'Make two people one: votes and proposals of the first become the second''s, whose favourite wins'
            cand remove 'Remove a person with their votes; their proposals stay'
        }
        &'movienight;help;voters;rename'= {
        }
        &'movienight;help;voters;merge'= {
        }
        &'movienight;help;voters;remove'= {
        }
        &'movienight;help;cache'= {
            cand refresh 'Fetch what is missing or at least 16 hours old'
            cand stats 'Show the health of the cache'
        }
        &'movienight;help;cache;refresh'= {
        }
        &'movienight;help;cache;stats'= {
        }
        &'movienight;help;catalog'= {
            cand update 'Download IMDb''s datasets and make them the local catalogue'
            cand status 'Show how large the catalogue is, and how old'
            cand remove 'Remove the catalogue, and what was downloaded for it'
        }
        &'movienight;help;catalog;update'= {
        }
        &'movienight;help;catalog;status'= {
        }
        &'movienight;help;catalog;remove'= {
        }
        &'movienight;help;board'= {
            cand create 'Make a board; the first propose makes one as well'
            cand list 'List the boards of a database'
            cand copy 'Copy a board with everything in it to a new place'
        }
        &'movienight;help;board;create'= {
        }
        &'movienight;help;board;list'= {
        }
        &'movienight;help;board;copy'= {
        }
        &'movienight;help;completions'= {
        }
        &'movienight;help;man'= {
        }
        &'movienight;help;help'= {
        }
    ]
    $completions[$command]
}

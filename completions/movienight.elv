
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
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
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
            cand undo 'Take back the last change to the board'
            cand search 'Look for titles by name'
            cand show 'Show everything known about one movie'
            cand cache 'Bring the cache of IMDb data up to date, and see how it is'
            cand completions 'Print shell completions'
            cand man 'Print the manual page, as roff'
            cand complete 'Print values for shell completions'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;propose'= {
            cand --title 'Propose something that has no IMDb id, by this title'
            cand --note 'Why: shown with the movie'
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --again 'Even what was watched already'
            cand --offline 'Never touch the network'
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
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --favorite 'Mark the movie as your one favourite, which settles ties'
            cand --favourite 'Mark the movie as your one favourite, which settles ties'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;unvote'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;withdraw'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
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
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --watched 'Mark the winner as watched'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;watched'= {
            cand --on 'When: a day such as 2026-11-20, or yesterday [default: now]'
            cand --here 'Who was there'
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;history'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;undo'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --list 'Show the last ten changes, and change nothing'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;search'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;show'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand refresh 'Fetch what is missing or older than 24 hours'
            cand stats 'Show the health of the cache'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;cache;refresh'= {
            cand --limit 'At most so many titles'
            cand --jobs 'Requests at a time, 1 to 16'
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --all 'Fresh titles too'
            cand --background 'Started by a board, for the next one'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache;stats'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --check 'Say only what is wrong, and exit with 1 if anything is'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;cache;help'= {
            cand refresh 'Fetch what is missing or older than 24 hours'
            cand stats 'Show the health of the cache'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'movienight;cache;help;refresh'= {
        }
        &'movienight;cache;help;stats'= {
        }
        &'movienight;cache;help;help'= {
        }
        &'movienight;completions'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;man'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
            cand --json 'Print JSON'
            cand -q 'Print only what was asked for and what went wrong'
            cand --quiet 'Print only what was asked for and what went wrong'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'movienight;complete'= {
            cand --db 'The database file [default: MOVIENIGHT_DB, else in your data folder]'
            cand --as 'Who you are [default: MOVIENIGHT_USER, else your login name]'
            cand --color 'When to use colours'
            cand --offline 'Never touch the network'
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
            cand undo 'Take back the last change to the board'
            cand search 'Look for titles by name'
            cand show 'Show everything known about one movie'
            cand cache 'Bring the cache of IMDb data up to date, and see how it is'
            cand completions 'Print shell completions'
            cand man 'Print the manual page, as roff'
            cand complete 'Print values for shell completions'
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
        &'movienight;help;search'= {
        }
        &'movienight;help;show'= {
        }
        &'movienight;help;cache'= {
            cand refresh 'Fetch what is missing or older than 24 hours'
            cand stats 'Show the health of the cache'
        }
        &'movienight;help;cache;refresh'= {
        }
        &'movienight;help;cache;stats'= {
        }
        &'movienight;help;completions'= {
        }
        &'movienight;help;man'= {
        }
        &'movienight;help;complete'= {
        }
        &'movienight;help;help'= {
        }
    ]
    $completions[$command]
}

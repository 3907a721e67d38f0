
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'movienight' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'movienight'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'movienight' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('propose', 'propose', [CompletionResultType]::ParameterValue, 'Put movies on the board; proposing counts as your vote')
            [CompletionResult]::new('vote', 'vote', [CompletionResultType]::ParameterValue, 'Vote for movies; without a movie: show the vote board')
            [CompletionResult]::new('unvote', 'unvote', [CompletionResultType]::ParameterValue, 'Take your votes back')
            [CompletionResult]::new('withdraw', 'withdraw', [CompletionResultType]::ParameterValue, 'Take movies off the board; their votes are kept, so that they can return')
            [CompletionResult]::new('pick', 'pick', [CompletionResultType]::ParameterValue, 'Decide: the winner, and why')
            [CompletionResult]::new('watched', 'watched', [CompletionResultType]::ParameterValue, 'Mark movies as watched; they leave the board and enter the history')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was watched, when, and who was there')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo your last change to the board')
            [CompletionResult]::new('redo', 'redo', [CompletionResultType]::ParameterValue, 'Redo what you undid last')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Look for titles by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything known about movies')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open the page of a movie in the browser')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Make the board a page to send round, or a list for the chat')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change the settings')
            [CompletionResult]::new('voters', 'voters', [CompletionResultType]::ParameterValue, 'List the people; rename, merge or remove them')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Bring the cache of IMDb data up to date, and see how it is')
            [CompletionResult]::new('catalog', 'catalog', [CompletionResultType]::ParameterValue, 'Keep IMDb''s own data at hand, to find titles without the network')
            [CompletionResult]::new('board', 'board', [CompletionResultType]::ParameterValue, 'Boards on a PostgreSQL server: make, list, copy')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, as roff')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;propose' {
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Propose something that has no IMDb id, by this title')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Why: shown with the movie')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Even what was watched already')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;vote' {
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When you start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'When it must be over, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The longest that it may run, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres of which it must have one, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'The years that it must be of, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'The rating that it must have at least, such as 7')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--favorite', '--favorite', [CompletionResultType]::ParameterName, 'Mark the movie as your one favourite, which settles ties')
            [CompletionResult]::new('--favourite', '--favourite', [CompletionResultType]::ParameterName, 'Mark the movie as your one favourite, which settles ties')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show all of the board, also what does not fit the screen')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;unvote' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--favorite', '--favorite', [CompletionResultType]::ParameterName, 'Take back only that it is your favourite; the vote stays')
            [CompletionResult]::new('--favourite', '--favourite', [CompletionResultType]::ParameterName, 'Take back only that it is your favourite; the vote stays')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;withdraw' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;pick' {
            [CompletionResult]::new('--here', '--here', [CompletionResultType]::ParameterName, 'Who is here: only their votes count [default: everybody]')
            [CompletionResult]::new('--random', '--random', [CompletionResultType]::ParameterName, 'Draw among those that are tied but for their age, or among all, by votes')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Repeat the draw that printed this seed')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When you start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'When it must be over, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The longest that it may run, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres of which it must have one, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'The years that it must be of, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'The rating that it must have at least, such as 7')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--watched', '--watched', [CompletionResultType]::ParameterName, 'Mark the winner as watched')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show the whole ranking, not only the contenders')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;watched' {
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'When: a day such as 2026-11-20, or yesterday [default: now]')
            [CompletionResult]::new('--here', '--here', [CompletionResultType]::ParameterName, 'Who was there')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;history' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show all of it, also what does not fit the screen')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;undo' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'Show the last ten changes, and change nothing')
            [CompletionResult]::new('--any', '--any', [CompletionResultType]::ParameterName, 'Undo the last change of anybody''s')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;redo' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;search' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;show' {
            [CompletionResult]::new('--poster', '--poster', [CompletionResultType]::ParameterName, 'How to show posters: auto, blocks or never [default: MOVIENIGHT_POSTER, else auto]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;open' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--trailer', '--trailer', [CompletionResultType]::ParameterName, 'Its trailer, where one is known')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;page' {
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'The file to write; what was there is replaced [default: standard output]')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'When you start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'When it must be over, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'The longest that it may run, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres of which it must have one, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'The years that it must be of, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'The rating that it must have at least, such as 7')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Show the file in the browser')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Write a list for the group''s chat instead of a page')
            [CompletionResult]::new('--hide-names', '--hide-names', [CompletionResultType]::ParameterName, 'Leave out who voted and who proposed')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;config' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a setting from the configuration file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Open the configuration file in VISUAL or EDITOR')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;config;get' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;config;set' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;config;unset' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;config;path' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;config;edit' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;config;help' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a setting from the configuration file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Open the configuration file in VISUAL or EDITOR')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;config;help;get' {
            break
        }
        'movienight;config;help;set' {
            break
        }
        'movienight;config;help;unset' {
            break
        }
        'movienight;config;help;path' {
            break
        }
        'movienight;config;help;edit' {
            break
        }
        'movienight;config;help;help' {
            break
        }
        'movienight;voters' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a person another name')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Make two people one: votes and proposals of the first become the second''s, whose favourite wins')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a person with their votes; their proposals stay')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;voters;rename' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;voters;merge' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;voters;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;voters;help' {
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a person another name')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Make two people one: votes and proposals of the first become the second''s, whose favourite wins')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a person with their votes; their proposals stay')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;voters;help;rename' {
            break
        }
        'movienight;voters;help;merge' {
            break
        }
        'movienight;voters;help;remove' {
            break
        }
        'movienight;voters;help;help' {
            break
        }
        'movienight;cache' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Fetch what is missing or at least 16 hours old')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show the health of the cache')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;cache;refresh' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'At most so many titles')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Requests at a time, 1 to 16')
            [CompletionResult]::new('--background', '--background', [CompletionResultType]::ParameterName, 'Started by another command, for these titles; without any: for those on the board')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Fresh titles too')
            [CompletionResult]::new('--no-posters', '--no-posters', [CompletionResultType]::ParameterName, 'Leave posters out')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;cache;stats' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Say only what is wrong, and exit with 1 if anything is')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;cache;help' {
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Fetch what is missing or at least 16 hours old')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show the health of the cache')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;cache;help;refresh' {
            break
        }
        'movienight;cache;help;stats' {
            break
        }
        'movienight;cache;help;help' {
            break
        }
        'movienight;catalog' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Download IMDb''s datasets and make them the local catalogue')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show how large the catalogue is, and how old')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the catalogue, and what was downloaded for it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;catalog;update' {
            [CompletionResult]::new('--min-votes', '--min-votes', [CompletionResultType]::ParameterName, 'Titles with at least N votes [default: as last time, at first 100]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--ratings', '--ratings', [CompletionResultType]::ParameterName, 'Only new ratings and numbers of votes: 8 MiB')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;catalog;status' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;catalog;remove' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;catalog;help' {
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Download IMDb''s datasets and make them the local catalogue')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show how large the catalogue is, and how old')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the catalogue, and what was downloaded for it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;catalog;help;update' {
            break
        }
        'movienight;catalog;help;status' {
            break
        }
        'movienight;catalog;help;remove' {
            break
        }
        'movienight;catalog;help;help' {
            break
        }
        'movienight;board' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a board; the first propose makes one as well')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the boards of a database')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy a board with everything in it to a new place')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;board;create' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Let the members of this role use it, who are not its owner')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;board;list' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;board;copy' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;board;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a board; the first propose makes one as well')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the boards of a database')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy a board with everything in it to a new place')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;board;help;create' {
            break
        }
        'movienight;board;help;list' {
            break
        }
        'movienight;board;help;copy' {
            break
        }
        'movienight;board;help;help' {
            break
        }
        'movienight;completions' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;man' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only what was asked for and what went wrong')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;help' {
            [CompletionResult]::new('propose', 'propose', [CompletionResultType]::ParameterValue, 'Put movies on the board; proposing counts as your vote')
            [CompletionResult]::new('vote', 'vote', [CompletionResultType]::ParameterValue, 'Vote for movies; without a movie: show the vote board')
            [CompletionResult]::new('unvote', 'unvote', [CompletionResultType]::ParameterValue, 'Take your votes back')
            [CompletionResult]::new('withdraw', 'withdraw', [CompletionResultType]::ParameterValue, 'Take movies off the board; their votes are kept, so that they can return')
            [CompletionResult]::new('pick', 'pick', [CompletionResultType]::ParameterValue, 'Decide: the winner, and why')
            [CompletionResult]::new('watched', 'watched', [CompletionResultType]::ParameterValue, 'Mark movies as watched; they leave the board and enter the history')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was watched, when, and who was there')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo your last change to the board')
            [CompletionResult]::new('redo', 'redo', [CompletionResultType]::ParameterValue, 'Redo what you undid last')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Look for titles by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything known about movies')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open the page of a movie in the browser')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Make the board a page to send round, or a list for the chat')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change the settings')
            [CompletionResult]::new('voters', 'voters', [CompletionResultType]::ParameterValue, 'List the people; rename, merge or remove them')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Bring the cache of IMDb data up to date, and see how it is')
            [CompletionResult]::new('catalog', 'catalog', [CompletionResultType]::ParameterValue, 'Keep IMDb''s own data at hand, to find titles without the network')
            [CompletionResult]::new('board', 'board', [CompletionResultType]::ParameterValue, 'Boards on a PostgreSQL server: make, list, copy')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page, as roff')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;help;propose' {
            break
        }
        'movienight;help;vote' {
            break
        }
        'movienight;help;unvote' {
            break
        }
        'movienight;help;withdraw' {
            break
        }
        'movienight;help;pick' {
            break
        }
        'movienight;help;watched' {
            break
        }
        'movienight;help;history' {
            break
        }
        'movienight;help;undo' {
            break
        }
        'movienight;help;redo' {
            break
        }
        'movienight;help;search' {
            break
        }
        'movienight;help;show' {
            break
        }
        'movienight;help;open' {
            break
        }
        'movienight;help;page' {
            break
        }
        'movienight;help;config' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a setting from the configuration file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Open the configuration file in VISUAL or EDITOR')
            break
        }
        'movienight;help;config;get' {
            break
        }
        'movienight;help;config;set' {
            break
        }
        'movienight;help;config;unset' {
            break
        }
        'movienight;help;config;path' {
            break
        }
        'movienight;help;config;edit' {
            break
        }
        'movienight;help;voters' {
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Give a person another name')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Make two people one: votes and proposals of the first become the second''s, whose favourite wins')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a person with their votes; their proposals stay')
            break
        }
        'movienight;help;voters;rename' {
            break
        }
        'movienight;help;voters;merge' {
            break
        }
        'movienight;help;voters;remove' {
            break
        }
        'movienight;help;cache' {
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Fetch what is missing or at least 16 hours old')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show the health of the cache')
            break
        }
        'movienight;help;cache;refresh' {
            break
        }
        'movienight;help;cache;stats' {
            break
        }
        'movienight;help;catalog' {
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Download IMDb''s datasets and make them the local catalogue')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show how large the catalogue is, and how old')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the catalogue, and what was downloaded for it')
            break
        }
        'movienight;help;catalog;update' {
            break
        }
        'movienight;help;catalog;status' {
            break
        }
        'movienight;help;catalog;remove' {
            break
        }
        'movienight;help;board' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a board; the first propose makes one as well')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the boards of a database')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy a board with everything in it to a new place')
            break
        }
        'movienight;help;board;create' {
            break
        }
        'movienight;help;board;list' {
            break
        }
        'movienight;help;board;copy' {
            break
        }
        'movienight;help;completions' {
            break
        }
        'movienight;help;man' {
            break
        }
        'movienight;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}

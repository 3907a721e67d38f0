
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
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print the version, and what it was built with')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print the version, and what it was built with')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('propose', 'propose', [CompletionResultType]::ParameterValue, 'Put movies on the board, with your vote')
            [CompletionResult]::new('vote', 'vote', [CompletionResultType]::ParameterValue, 'Vote for movies, or show the board')
            [CompletionResult]::new('unvote', 'unvote', [CompletionResultType]::ParameterValue, 'Take your votes and noes back')
            [CompletionResult]::new('ballot', 'ballot', [CompletionResultType]::ParameterValue, 'Take ballots in turn at one keyboard, or from the chat')
            [CompletionResult]::new('withdraw', 'withdraw', [CompletionResultType]::ParameterValue, 'Take movies off the board; their votes are kept')
            [CompletionResult]::new('pick', 'pick', [CompletionResultType]::ParameterValue, 'Pick the winner, and say why')
            [CompletionResult]::new('watched', 'watched', [CompletionResultType]::ParameterValue, 'Mark movies as watched')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was watched, when and with whom')
            [CompletionResult]::new('seen', 'seen', [CompletionResultType]::ParameterValue, 'Mark movies as seen')
            [CompletionResult]::new('hide', 'hide', [CompletionResultType]::ParameterValue, 'Hide votes until they are revealed')
            [CompletionResult]::new('reveal', 'reveal', [CompletionResultType]::ParameterValue, 'Reveal hidden votes')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo your last change')
            [CompletionResult]::new('redo', 'redo', [CompletionResultType]::ParameterValue, 'Redo the change that you undid last')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find titles by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything known about movies')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a movie''s page in the browser')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Write the board as a page to share or a list for the chat')
            [CompletionResult]::new('join', 'join', [CompletionResultType]::ParameterValue, 'Join a board, and remember it and your name')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change the settings')
            [CompletionResult]::new('voters', 'voters', [CompletionResultType]::ParameterValue, 'List, rename, merge or remove people')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Read lists from other programs')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the board for other programs, or everything')
            [CompletionResult]::new('overlap', 'overlap', [CompletionResultType]::ParameterValue, 'Show what is on everybody''s list')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Refresh the IMDb data, and check its health')
            [CompletionResult]::new('catalog', 'catalog', [CompletionResultType]::ParameterValue, 'Manage the local copy of IMDb''s data')
            [CompletionResult]::new('board', 'board', [CompletionResultType]::ParameterValue, 'Create, list and copy boards')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find problems with the set-up')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'movienight;propose' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--title', '--title', [CompletionResultType]::ParameterName, 'Propose a movie without an IMDb id by this title')
            [CompletionResult]::new('--year', '--year', [CompletionResultType]::ParameterName, 'Year of that title (in a search, type it after the words)')
            [CompletionResult]::new('--runtime', '--runtime', [CompletionResultType]::ParameterName, 'The running time of that title, such as 2h10m')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note shown with the movie')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--again', '--again', [CompletionResultType]::ParameterName, 'Also propose movies that were watched already')
            [CompletionResult]::new('--skip-unknown', '--skip-unknown', [CompletionResultType]::ParameterName, 'Skip movies that cannot be found')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;vote' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Latest end, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'Longest running time, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres to choose from, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'Years to choose from, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'Lowest rating, such as 7')
            [CompletionResult]::new('--age', '--age', [CompletionResultType]::ParameterName, 'Age of the youngest viewer (needs an OMDb key)')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--favorite', '--favorite', [CompletionResultType]::ParameterName, 'Mark the movie as your one favourite, which breaks ties')
            [CompletionResult]::new('--favourite', '--favourite', [CompletionResultType]::ParameterName, 'Mark the movie as your one favourite, which breaks ties')
            [CompletionResult]::new('--no', '--no', [CompletionResultType]::ParameterName, 'Say no to the movies; at most three on the board')
            [CompletionResult]::new('--missing', '--missing', [CompletionResultType]::ParameterName, 'List who has not voted yet, one name per line')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show the whole board, even if it does not fit the screen')
            [CompletionResult]::new('--unseen', '--unseen', [CompletionResultType]::ParameterName, 'Leave out movies that someone present has seen')
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
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--favorite', '--favorite', [CompletionResultType]::ParameterName, 'Only unmark your favourite, and keep the vote')
            [CompletionResult]::new('--favourite', '--favourite', [CompletionResultType]::ParameterName, 'Only unmark your favourite, and keep the vote')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;ballot' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--chat', '--chat', [CompletionResultType]::ParameterName, 'Read ballots from a chat file, or from pasted text')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Count only chat messages from this day or time on')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Map a name in the chat to a voter, or add it as a voter')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Store the ballots from the chat without asking')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the ballots from the chat, and store nothing')
            [CompletionResult]::new('--plain', '--plain', [CompletionResultType]::ParameterName, 'Ask each person for one line of answers')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;pick' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--here', '--here', [CompletionResultType]::ParameterName, 'Count only the votes of these people [default: everybody]')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Latest end, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'Longest running time, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres to choose from, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'Years to choose from, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'Lowest rating, such as 7')
            [CompletionResult]::new('--age', '--age', [CompletionResultType]::ParameterName, 'Age of the youngest viewer (needs an OMDb key)')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--random', '--random', [CompletionResultType]::ParameterName, 'Draw among the movies that fit, weighted by their scores')
            [CompletionResult]::new('--watched', '--watched', [CompletionResultType]::ParameterName, 'Mark the winner as watched')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Reveal hidden votes first')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show the whole ranking, even if it does not fit the screen')
            [CompletionResult]::new('--unseen', '--unseen', [CompletionResultType]::ParameterName, 'Leave out movies that someone present has seen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;watched' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--on', '--on', [CompletionResultType]::ParameterName, 'The day, such as 2026-11-20 or yesterday [default: now]')
            [CompletionResult]::new('--here', '--here', [CompletionResultType]::ParameterName, 'The people who were there')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show all of it, even if it does not fit the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;seen' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--not', '--not', [CompletionResultType]::ParameterName, 'Unmark movies that you have not seen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;hide' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;reveal' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List the last ten changes, and undo nothing')
            [CompletionResult]::new('--any', '--any', [CompletionResultType]::ParameterName, 'Undo the last change, whoever made it')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;show' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--poster', '--poster', [CompletionResultType]::ParameterName, 'How to draw posters: auto, blocks or never')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;page' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'File to write or replace [default: standard output]')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Latest end, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'Longest running time, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres to choose from, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'Years to choose from, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'Lowest rating, such as 7')
            [CompletionResult]::new('--age', '--age', [CompletionResultType]::ParameterName, 'Age of the youngest viewer (needs an OMDb key)')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Open the file in the browser')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Write a list for the chat instead of a page')
            [CompletionResult]::new('--ballot', '--ballot', [CompletionResultType]::ParameterName, 'Write a ballot paper for phones instead of a page')
            [CompletionResult]::new('--hide-names', '--hide-names', [CompletionResultType]::ParameterName, 'Leave out who voted and who proposed')
            [CompletionResult]::new('--unseen', '--unseen', [CompletionResultType]::ParameterName, 'Leave out movies that someone present has seen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;join' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Write a setting into the configuration file')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a setting from the configuration file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the configuration file')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Open the configuration file in VISUAL or EDITOR')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Rename a person')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Merge one person into another')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a person and their votes; proposals stay')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;import' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Require this format of the files')
            [CompletionResult]::new('--unmatched', '--unmatched', [CompletionResultType]::ParameterName, 'Write rows without a match to this file, as they came')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--propose', '--propose', [CompletionResultType]::ParameterName, 'Put the movies on the board, with your vote')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace your list instead of adding to it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be stored, and store nothing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;export' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write to this file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;overlap' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--propose', '--propose', [CompletionResultType]::ParameterName, 'Propose the first N, with the votes of those who want them')
            [CompletionResult]::new('--start', '--start', [CompletionResultType]::ParameterName, 'Start, such as 20:30 [default: now]')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Latest end, such as 23:00')
            [CompletionResult]::new('--max', '--max', [CompletionResultType]::ParameterName, 'Longest running time, such as 2h10m')
            [CompletionResult]::new('--genre', '--genre', [CompletionResultType]::ParameterName, 'Genres to choose from, such as drama,crime')
            [CompletionResult]::new('--years', '--years', [CompletionResultType]::ParameterName, 'Years to choose from, such as 1990-1999')
            [CompletionResult]::new('--rating', '--rating', [CompletionResultType]::ParameterName, 'Lowest rating, such as 7')
            [CompletionResult]::new('--age', '--age', [CompletionResultType]::ParameterName, 'Age of the youngest viewer (needs an OMDb key)')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--series', '--series', [CompletionResultType]::ParameterName, 'Include series')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show everything, even if it does not fit the screen')
            [CompletionResult]::new('--unseen', '--unseen', [CompletionResultType]::ParameterName, 'Leave out movies that someone present has seen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Fetch data that is missing or at least 16 hours old')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'Show the health of the cache')
            break
        }
        'movienight;cache;refresh' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Fetch at most N titles')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Requests at a time, 1 to 16')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Fetch fresh titles, too')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Print only problems, and exit with 1 if there are any')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Download IMDb''s datasets and build the catalogue')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the size and age of the catalogue')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the catalogue and its downloads')
            break
        }
        'movienight;catalog;update' {
            [CompletionResult]::new('--min-votes', '--min-votes', [CompletionResultType]::ParameterName, 'Keep titles with N votes or more [default: as before, or 100]')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--ratings', '--ratings', [CompletionResultType]::ParameterName, 'Update only ratings and their counts (8 MiB)')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a board on a server')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the boards of a database')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy a board and its history to a new place')
            break
        }
        'movienight;board;create' {
            [CompletionResult]::new('--group', '--group', [CompletionResultType]::ParameterName, 'Let the members of this role use the board')
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
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
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;doctor' {
            [CompletionResult]::new('--db', '--db', [CompletionResultType]::ParameterName, 'The board: a file, postgres://… or a name in [boards]')
            [CompletionResult]::new('-a', '-a', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--as', '--as', [CompletionResultType]::ParameterName, 'The name under which you vote')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'The configuration file')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
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
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Write a page for each command to this folder')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Make no request to a metadata service')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON')
            [CompletionResult]::new('-0', '-0', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('--null', '--null', [CompletionResultType]::ParameterName, 'Items on standard input end with NUL, not a newline')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results and errors')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'movienight;help' {
            [CompletionResult]::new('propose', 'propose', [CompletionResultType]::ParameterValue, 'Put movies on the board, with your vote')
            [CompletionResult]::new('vote', 'vote', [CompletionResultType]::ParameterValue, 'Vote for movies, or show the board')
            [CompletionResult]::new('unvote', 'unvote', [CompletionResultType]::ParameterValue, 'Take your votes and noes back')
            [CompletionResult]::new('ballot', 'ballot', [CompletionResultType]::ParameterValue, 'Take ballots in turn at one keyboard, or from the chat')
            [CompletionResult]::new('withdraw', 'withdraw', [CompletionResultType]::ParameterValue, 'Take movies off the board; their votes are kept')
            [CompletionResult]::new('pick', 'pick', [CompletionResultType]::ParameterValue, 'Pick the winner, and say why')
            [CompletionResult]::new('watched', 'watched', [CompletionResultType]::ParameterValue, 'Mark movies as watched')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was watched, when and with whom')
            [CompletionResult]::new('seen', 'seen', [CompletionResultType]::ParameterValue, 'Mark movies as seen')
            [CompletionResult]::new('hide', 'hide', [CompletionResultType]::ParameterValue, 'Hide votes until they are revealed')
            [CompletionResult]::new('reveal', 'reveal', [CompletionResultType]::ParameterValue, 'Reveal hidden votes')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo your last change')
            [CompletionResult]::new('redo', 'redo', [CompletionResultType]::ParameterValue, 'Redo the change that you undid last')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Find titles by name')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show everything known about movies')
            [CompletionResult]::new('open', 'open', [CompletionResultType]::ParameterValue, 'Open a movie''s page in the browser')
            [CompletionResult]::new('page', 'page', [CompletionResultType]::ParameterValue, 'Write the board as a page to share or a list for the chat')
            [CompletionResult]::new('join', 'join', [CompletionResultType]::ParameterValue, 'Join a board, and remember it and your name')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change the settings')
            [CompletionResult]::new('voters', 'voters', [CompletionResultType]::ParameterValue, 'List, rename, merge or remove people')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Read lists from other programs')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the board for other programs, or everything')
            [CompletionResult]::new('overlap', 'overlap', [CompletionResultType]::ParameterValue, 'Show what is on everybody''s list')
            [CompletionResult]::new('cache', 'cache', [CompletionResultType]::ParameterValue, 'Refresh the IMDb data, and check its health')
            [CompletionResult]::new('catalog', 'catalog', [CompletionResultType]::ParameterValue, 'Manage the local copy of IMDb''s data')
            [CompletionResult]::new('board', 'board', [CompletionResultType]::ParameterValue, 'Create, list and copy boards')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print shell completions')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find problems with the set-up')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print the manual page')
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
        'movienight;help;ballot' {
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
        'movienight;help;seen' {
            break
        }
        'movienight;help;hide' {
            break
        }
        'movienight;help;reveal' {
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
        'movienight;help;join' {
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
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Rename a person')
            [CompletionResult]::new('merge', 'merge', [CompletionResultType]::ParameterValue, 'Merge one person into another')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a person and their votes; proposals stay')
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
        'movienight;help;import' {
            break
        }
        'movienight;help;export' {
            break
        }
        'movienight;help;overlap' {
            break
        }
        'movienight;help;cache' {
            [CompletionResult]::new('refresh', 'refresh', [CompletionResultType]::ParameterValue, 'Fetch data that is missing or at least 16 hours old')
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
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Download IMDb''s datasets and build the catalogue')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the size and age of the catalogue')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove the catalogue and its downloads')
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
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a board on a server')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the boards of a database')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy a board and its history to a new place')
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
        'movienight;help;doctor' {
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

//! Words in place of marks, for screen readers.

use std::time::Duration;

#[cfg(unix)]
use crate::ballot::chat::opinions;
use crate::support::Friends;
use crate::support::server::Server;
use crate::voting::evening::{friends, library};

/// Returns a board with every mark: own opinions, a favourite, a no, a note, stale data.
fn marked(server: &Server) -> Friends {
    let friends = friends(server);
    friends.run_all(
        "Ana: propose tt0000001 --note classic
         Ana: unvote 1
         Ana: vote --no 1
         Ana: vote --favorite 2
         Ben: vote --favorite 3
         Ben: vote 2",
    );
    friends.later(Duration::from_secs(24 * 60 * 60));
    friends
}

#[test]
fn a_plain_board_uses_words_instead_of_marks() {
    let server = library();
    let mut friends = marked(&server);
    let marks = friends.run("vote --offline").ok().out;
    assert!(marks.contains("~") && marks.contains("● 2") && marks.contains("✗ 0"), "{marks}");
    friends.set("MOVIENIGHT_PLAIN", "1");
    let board = friends.run("vote --offline --max 2h30m").ok().out;
    assert_eq!(
        board,
        "\
#  Movie                     Rating  Runtime  Ends      Limits                    Genres        Votes  no  Voters                Proposed by  IMDb
2  Two (2001)         stale            2h 0m  23:00                                       favourite 2      Ben, Ana (favourite)  Ana          tt0000002
1  One (2001) (note)  stale           1h 40m  22:40                                              no 0   1  Ana (no)              Ana          tt0000001
3  Three (2001)       stale            3h 0m  00:00 +1  does not fit: runs 3h 0m                yes 2      Ben (favourite), Ana  Ana          tt0000003
3 movies · 4 votes and 1 no by 2 people · 3 stale · yes: your votes (Ana)
"
    );
}

#[test]
fn plain_output_has_no_marks() {
    let server = library();
    let mut friends = marked(&server);
    friends.args(&["propose", "tt0000009", "--offline"]).ok();
    let config = friends.folder.path().join("config/movienight");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("config.toml"), "plain = true\n").unwrap();
    for (line, word) in [
        ("vote --by 23:00", "does not fit: 00:00 +1"),
        ("vote", "no data"),
        ("show 2", "2: Ana (favourite), Ben"),
        ("pick --here Ana", "Not here: Ben (favourite Three (2001))"),
        ("pick", "stale"),
        ("watched 1", "One"),
        ("history", "Ana (no)"),
    ] {
        let out = friends.run(&format!("{line} --offline")).ok().out;
        assert!(out.contains(word) && !out.contains(['●', '♥', '✗', '~', '…', '✎', '★']), "{line}: {out}");
    }
    friends.terminal = Some(70);
    friends.height = 4;
    let board = friends.run("vote --offline --color never").ok().out;
    assert!(board.contains("\n2 more: movienight vote --all\n") && !board.contains('…'), "{board}");
}

#[cfg(unix)]
#[test]
fn a_plain_ballot_reads_a_line_at_a_terminal() {
    use crate::support::terminal::Terminal;
    let mut friends = Friends::offline();
    for title in ["Heat", "Up", "Alien"] {
        friends.args(&["propose", "--title", title, "--as", "Ana"]).ok();
    }
    friends.set("MOVIENIGHT_PLAIN", "true");
    let terminal = Terminal::movienight("ballot Ben", &friends, 80, 24);
    terminal.wait_for("3 Alien");
    terminal.wait_for("such as 2, favourite 4, not 3");
    terminal.types("1, favourite 2, not 3\n");
    let (screen, printed, status) = terminal.end();
    assert!(status.success() && screen.contains("Stored the ballot of Ben") && !printed.contains('♥'), "{printed}");
    assert_eq!(opinions(&friends), "Ben: 1 2♥ !3\n");
}

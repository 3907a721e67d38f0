//! Passwords, certificates and other parameters of a connection, on a real server.

use crate::support::postgres;

/// The error if the server accepts the login, because the role has no rights.
const LOGIN_ACCEPTED: &str = "enough privileges";

#[cfg(unix)]
#[test]
fn the_first_matching_line_of_the_password_file_is_used() {
    use std::os::unix::fs::PermissionsExt;
    let Some((mut friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    friends.run("propose tt0000012").ok();
    let path = friends.folder.path().join("passwords");
    friends.set("PGPASSFILE", &path);
    let port = server.port;
    for (user, lines, expected) in [
        ("locked", format!("127.0.0.1:{port}:films:locked:geheim"), LOGIN_ACCEPTED),
        ("locked", "# mine\n*:*:*:ben:wrong\n*:*:*:locked:geheim\r\n*:*:*:locked:wrong".to_owned(), LOGIN_ACCEPTED),
        ("locked", "*:*:*:locked:wrong\n*:*:*:locked:geheim".to_owned(), "password authentication failed"),
        ("odd", "*:*:*:odd:a\\:b\\\\c:d".to_owned(), LOGIN_ACCEPTED),
        ("locked", "\\*:*:*:locked:geheim".to_owned(), "requires a password"),
        ("locked", "*:*:*:ben:geheim".to_owned(), "requires a password"),
        ("locked", "#*:*:*:locked:geheim".to_owned(), "requires a password"),
        ("locked", format!("127.0.0.1:{port}:films"), "requires a password"),
    ] {
        std::fs::write(&path, &lines).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        friends.set("MOVIENIGHT_DB", server.address(user, &board));
        let error = friends.run("vote 1").fails();
        assert!(error.contains(expected), "{lines}: {error}");
    }
}

#[test]
fn certificates_are_checked_unless_the_server_is_local() {
    let Some((friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    friends.run("propose tt0000012").ok();
    let at = |host: &str, mode: &str| {
        let address = format!("postgres://owner@{host}:{}/films?board={board}&sslmode={mode}", server.port);
        friends.args(&["vote", "--db", &address])
    };
    // Linux connects 0.0.0.0 to this machine. Other systems may not, so it does not count as this machine.
    for mode in ["disable", "prefer", "require", "verify-ca", "verify-full"] {
        let error = at("0.0.0.0", mode).fails();
        assert!(error.contains("certificate"), "{mode}: {error}");
    }
    at("127.0.0.1", "disable").ok();
    at("localhost", "disable").ok();
    assert!(at("127.0.0.1", "verify-full").fails().contains("certificate"));
}

#[test]
fn parameters_of_an_address_reach_the_server() {
    let Some((mut friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    friends.run("propose tt0000012").ok();
    let address = server.address("owner", &board);
    friends.set("MOVIENIGHT_DB", format!("{address}&options=-c%20default_transaction_read_only%3Don"));
    let error = friends.run("vote 1 --as Ben").fails();
    assert!(error.contains("default_transaction_read_only is on"), "{error}");
    friends.set("MOVIENIGHT_DB", &address);
    friends.set("PGCHANNELBINDING", "require");
    let error = friends.run("vote 1 --as Ben").fails();
    assert!(error.contains("channel binding"), "{error}");
}

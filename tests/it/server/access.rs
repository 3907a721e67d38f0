//! Passwords, certificates and other parameters of a connection, on a real server.

use crate::support::{Friends, postgres, wait_until};

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
    friends.vars.remove("PGCHANNELBINDING");
    friends.set("MOVIENIGHT_DB", address.replace("/films?", "/filmz?"));
    let error = friends.run("vote 1 --as Ben").fails();
    assert!(error.contains("filmz") && error.contains("check the name of the database in the address"), "{error}");
}

#[test]
fn psql_connection_strings_are_refused_without_their_password() {
    let mut friends = Friends::offline();
    for text in [
        "host=db.example.net user=anna password=geheim",
        "dbname=films sslmode=require password=geheim",
        "anna:geheim@db.example.net/films",
        "anna:geheim@db.example.net",
        "anna:geheim@db.example.net:5432",
    ] {
        friends.set("MOVIENIGHT_DB", text);
        let error = friends.run("vote").fails();
        assert!(error.contains("postgres://") && !error.contains("geheim"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn a_password_file_that_others_may_read_is_named_and_ignored() {
    use std::os::unix::fs::PermissionsExt;
    let Some((mut friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    friends.run("propose tt0000012").ok();
    let path = friends.folder.path().join("passwords");
    std::fs::write(&path, "*:*:*:locked:geheim\n").unwrap();
    friends.set("PGPASSFILE", &path);
    friends.set("MOVIENIGHT_DB", server.address("locked", &board));
    for (mode, words) in
        [(0o644, "is ignored because others may read it: chmod 600"), (0o600, "does not give locked enough privileges")]
    {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        let error = friends.run("vote 1").fails();
        assert!(error.contains(words), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn the_background_refresh_gets_no_password_as_an_argument() {
    let Some((mut friends, server, board)) = postgres::friends(|server, board| server.address("owner", board)) else {
        return;
    };
    friends.run("propose tt0000012").ok();
    friends.execute(
        r#"INSERT INTO imdb_cache (imdb_id, cached_imdb_data, cached_at) VALUES ('tt0000012', '{"title":"Old"}', 0)"#,
    );
    friends.set("MOVIENIGHT_OFFLINE", "0");
    let (program, recording) = (friends.folder.path().join("child"), friends.folder.path().join("recording"));
    let script = format!(
        "#!/bin/sh\necho \"$0 $*\" > {0}.tmp\necho \"$MOVIENIGHT_DB\" >> {0}.tmp\nmv {0}.tmp {0}\n",
        recording.display()
    );
    // Another process writes it: a child of another thread could hold it open for writing, and then it cannot run.
    let mut writer = std::process::Command::new("sh");
    writer.args(["-c", "printf %s \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh", &script]).arg(&program);
    assert!(writer.status().unwrap().success());
    friends.exe = Some(program);
    let address = server.address("owner:geheim", &board);
    assert!(friends.args(&["vote", "--db", &address]).ok().out.contains("fetching new data"));
    wait_until(|| recording.exists());
    let recording = std::fs::read_to_string(recording).unwrap();
    let (arguments, variable) = recording.split_once('\n').unwrap();
    assert!(
        arguments.ends_with("cache refresh --background tt0000012") && !arguments.contains("geheim"),
        "{recording}"
    );
    assert!(variable.contains("geheim"), "{recording}");
}

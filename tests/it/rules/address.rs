//! Addresses of boards on a server.
#![cfg(feature = "postgres")]

use movienight::store::{Address, Location};

fn with(text: &str, variables: &[(&str, &str)]) -> Result<Address, String> {
    let value = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
    match Location::parse(text.as_ref(), &value)? {
        Location::Server(address) => Ok(*address),
        Location::File(path) => panic!("{} is a file", path.display()),
    }
}

fn parse(text: &str) -> Result<Address, String> {
    with(text, &[("USER", "ana")])
}

/// Returns the line that an address saves in the password file: host, port, database, user and password.
fn password_file_line(text: &str, variables: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("passwords");
    let address = with(text, &[variables, &[("PGPASSFILE", path.to_str().unwrap())]].concat()).unwrap();
    address.save_password().unwrap();
    std::fs::read_to_string(path).unwrap().trim_end().to_owned()
}

fn displayed(text: &str) -> String {
    Location::Server(Box::new(parse(text).unwrap())).to_string()
}

#[test]
fn addresses_from_psql_and_hosting_services_are_understood() {
    let text = "postgres://anna:p%40ss:w/o?rd@db.example.net:6432/films?board=friends";
    assert_eq!(displayed(text), "board friends in films at db.example.net:6432");
    assert_eq!(password_file_line(text, &[]), "db.example.net:6432:films:anna:p@ss\\:w/o?rd");
    assert!(!format!("{:?}", parse(text).unwrap()).contains("p@ss"));
    assert_eq!(password_file_line("postgresql://[::1]/films", &[("USER", "ana")]), "\\:\\:1:5432:films:ana:");
    let hosted = "postgresql://u:p@ep-1.neon.tech/neondb?sslmode=require&channel_binding=require&connect_timeout=10";
    assert_eq!(displayed(hosted), "board movienight in neondb at ep-1.neon.tech");
    let several = "postgres://u:p@a.example.net:6432,b.example.net/d?target_session_attrs=read-write\n";
    assert_eq!(displayed(several), "board movienight in d at a.example.net:6432");
    let identity = Location::parse(several.as_ref(), &|_| None).unwrap().identity();
    assert!(identity.starts_with("postgres://a.example.net:6432,b.example.net:5432/d"), "{identity}");
    let routed = "postgres://u:p@h/d?options=endpoint%3Dep-1&sslrootcert=system&connect_timeout=10";
    assert_eq!(displayed(routed), "board movienight in d at h");
    #[cfg(unix)]
    for socket in
        ["postgres:///films?host=/run/sockets&port=5433&user=ben", "postgres://ben@%2Frun%2Fsockets:5433/films"]
    {
        assert_eq!(displayed(socket), "board movienight in films at /run/sockets:5433");
    }
}

#[test]
fn variables_complete_an_address() {
    let variables = [
        ("PGHOST", "db.example.net"),
        ("PGPORT", "7000"),
        ("PGUSER", "cleo"),
        ("PGDATABASE", "evening"),
        ("PGPASSWORD", "secret"),
    ];
    assert_eq!(password_file_line("postgres://", &variables), "db.example.net:7000:evening:cleo:secret");
    assert_eq!(password_file_line("postgres://ben:own@h:7001/films", &variables), "h:7001:films:ben:own");
}

#[test]
fn errors_repeat_no_password() {
    for (text, why) in [
        ("postgres://a:geheim@h/db?bord=x", "unknown option `bord`"),
        ("postgres://a:geheim@h/db?board=Friends", "board names have"),
        ("postgres://a:geheim@h/db?board=public", "used by PostgreSQL itself"),
        ("postgres://a:geheim@h:port/db", "option `port`"),
        ("postgres://a:ge@heim@h/db", "write %40 for @"),
        ("postgres://h/db?password=ge@heim", "write %40 for @"),
        ("postgres://a:geheim@h/films/friends", "?board=NAME"),
        ("postgres://a:geheim@h/db?sslmode=require?board=x", "PGSSLMODE) must be"),
        ("postgres://a:geheim@h/db?hostaddr=1.2.3.4", "as the host"),
        ("postgres://a:geheim@h/db?sslmode=no-verify", "accepts any certificate: leave it out"),
        ("postgres:a:geheim@h/d", "postgres://"),
    ] {
        let error = parse(text).unwrap_err();
        assert!(error.contains(why) && !error.contains("ge") && !error.contains("heim"), "{text}: {error}");
    }
}

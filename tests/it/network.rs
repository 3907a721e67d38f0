//! Connections: certificates, proxies, kept-alive connections, and a machine without threads.

use serde_json::json;

use crate::support::datasets::Datasets;
use crate::support::server::{Reply, Server, made_up, titles};
use crate::support::{Friends, pictures};

#[test]
fn a_certificate_that_does_not_fit_puts_the_source_aside() {
    let certified = rcgen::generate_simple_self_signed(vec!["api.tiffara.com".into()]).unwrap();
    let key = rustls::pki_types::PrivateKeyDer::try_from(certified.signing_key.serialize_der()).unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certified.cert.der().clone()], key)
        .unwrap();
    let config = std::sync::Arc::new(config);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut tls = rustls::ServerConnection::new(std::sync::Arc::clone(&config)).unwrap();
            let mut stream = stream.unwrap();
            while tls.is_handshaking() && tls.complete_io(&mut stream).is_ok() {}
        }
    });
    let cinemeta = Server::cinemeta();
    let friends = Friends::with_both(&url, &cinemeta.url());
    friends.run("propose tt0000012").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["source"], "cinemeta");
    let stats = friends.run("cache stats --json").json();
    assert_eq!(stats["sources"][0]["state"], "down", "{stats}");
    assert_eq!(stats["sources"][0]["last_error"], "no secure connection to 127.0.0.1");
}

#[test]
fn proxies_are_used_as_everybody_does() {
    let proxied = Server::start(|_| Reply::status(502, &json!({})));
    let mut friends = Friends::online("https://api.example.com");
    friends.run("propose --title Extra").ok();
    for odd in ["http://[", "::::", "gopher://x"] {
        friends.set("HTTPS_PROXY", odd);
        let error = friends.run("vote").fails();
        assert!(error.contains("HTTPS_PROXY is not the address of a proxy"), "{odd}: {error}");
    }
    for (variable, scheme) in [("HTTPS_PROXY", "http"), ("ALL_PROXY", "http"), ("all_proxy", "socks5h")] {
        friends.vars.remove("HTTPS_PROXY");
        friends.set(variable, proxied.url().replace("http://", &format!("{scheme}://")));
        let before = proxied.connections();
        friends.run("propose tt0000012 --again").ok();
        assert!(proxied.connections() > before, "{variable}");
        friends.set("NO_PROXY", "example.com");
        let before = proxied.connections();
        friends.run("search heat").fails();
        assert_eq!(proxied.connections(), before, "{variable}");
        friends.vars.remove("NO_PROXY");
        friends.vars.remove(variable);
    }
    friends.set("HTTPS_PROXY", "http://user:s3cret@127.0.0.1:9");
    let ran = friends.run("propose tt0000013").ok();
    assert!(ran.err.contains("no data yet") && !ran.err.contains("s3cret"), "{}", ran.err);
}

#[test]
fn requests_name_the_program_and_keep_their_connection() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.stdin = (1..=25).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose - --offline").ok();
    friends.run("cache refresh --jobs 1").ok();
    assert_eq!((server.count(), server.connections()), (5, 1));
    let agent = concat!("user-agent: movienight/", env!("CARGO_PKG_VERSION"));
    assert!(server.headers().iter().all(|headers| headers.to_lowercase().contains(agent)), "{:?}", server.headers());
}

/// A process that may start no thread fetches all the same, one after another.
#[cfg(target_os = "linux")]
#[test]
fn where_no_thread_can_be_started_everything_is_fetched_all_the_same() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    let own = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
    let known = std::sync::Arc::clone(&own);
    let server = Server::start(move |path| match path.starts_with("/poster/") {
        true => Reply::Answer(200, Vec::new(), pictures::poster(1, 300, 450)),
        false => titles(path, |id| {
            let mut title = made_up(id);
            title["primaryImage"] = json!({"url": format!("{}/poster/{id}.jpg", known.get().unwrap())});
            Some(title)
        }),
    });
    own.set(server.url()).unwrap();
    let datasets = Datasets::start();
    let mut friends = Friends::online(&server.url()).today();
    friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
    let folder = friends.folder.path();
    let copy = folder.join("movienight-copy");
    std::fs::copy(crate::support::binary(), &copy).unwrap();
    for (path, mode) in [(folder, 0o777), (&copy, 0o755)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }
    let limited = |line: &str| {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", "{ ulimit -u 1 2>/dev/null || ulimit -p 1; } && exec \"$0\" $1"]).arg(&copy).arg(line);
        command.env_clear().envs(&friends.vars).current_dir(folder);
        // No limit holds for root.
        if std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0) {
            command.uid(65534).gid(65534);
        }
        let output = command.output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!error.contains("panicked"), "{line}: {error}");
        (output.status.success(), error)
    };
    for (line, succeeds, said) in [
        ("propose tt0000012 tt0000013", true, ""),
        ("search movie", false, "no title is called"),
        ("cache refresh --all", true, ""),
        ("catalog update", false, "no thread can be started"),
    ] {
        let (succeeded, error) = limited(line);
        assert!(succeeded == succeeds && error.contains(said), "{line}: {error}");
    }
    // The decoder of pictures is another process, which is not allowed either: that is said, and tried again later.
    let asked = server.requests().iter().filter(|path| path.starts_with("/poster/")).count();
    assert_eq!(asked, 2, "posters are asked for all the same");
    let failures = std::fs::read_to_string(folder.join("cache/movienight/posters/failures")).unwrap();
    assert!(failures.contains("the decoder cannot be started"), "{failures}");
    let board = friends.run("vote --json --offline").json();
    assert_eq!(board["proposals"][0]["cache"], "fresh");
}

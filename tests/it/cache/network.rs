//! Connections: certificates, proxies, kept-alive connections.

use std::io::{Read, Write};

use serde_json::json;

use crate::support::Friends;
use crate::support::server::{Reply, Server};

#[test]
fn a_source_with_a_wrong_certificate_is_suspended() {
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
    let friends = Friends::with_two_sources(&url, &cinemeta.url());
    friends.run("propose tt0000012").ok();
    assert_eq!(friends.run("vote --json").json()["proposals"][0]["source"], "cinemeta");
    let stats = friends.run("cache stats --json").json();
    assert_eq!(stats["sources"][0]["state"], "down", "{stats}");
    assert_eq!(stats["sources"][0]["last_error"], "no secure connection to 127.0.0.1");
}

#[test]
fn the_usual_proxy_variables_are_respected() {
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
    assert!(ran.err.contains("No data yet") && !ran.err.contains("s3cret"), "{}", ran.err);
}

#[test]
fn hosts_in_no_proxy_are_reached_directly() {
    let proxied = Server::start(|_| Reply::status(502, &json!({})));
    let mut friends = Friends::offline();
    friends.set("MOVIENIGHT_OFFLINE", "0");
    friends.set("MOVIENIGHT_SOURCES", "imdbapi");
    friends.set("HTTPS_PROXY", proxied.url());
    let patience = friends.limits.connect;
    // A file in the place of the state folder, so that no source is remembered as down.
    let file = friends.folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    friends.set("XDG_STATE_HOME", file);
    let mut is_proxied = |except: &str, url: &str| {
        friends.set("NO_PROXY", except);
        friends.set("MOVIENIGHT_IMDBAPI_URL", url);
        // Nothing may answer at this address, so the timeout is short.
        let is_silent = url == "https://10.0.0.7/";
        friends.limits.connect = if is_silent { std::time::Duration::from_millis(100) } else { patience };
        let before = proxied.connections();
        friends.run("show tt0000012").fails();
        proxied.connections() > before
    };
    assert!(is_proxied("", "https://api.example.com/"));
    assert!(!is_proxied("", "https://127.0.0.1:9/"));
    assert!(!is_proxied("*", "https://api.example.com/"));
    for entry in ["example.com", ".example.com", "*.example.com", "api.example.com"] {
        assert!(!is_proxied(entry, "https://api.example.com/"), "{entry}");
        assert!(is_proxied(entry, "https://api.badexample.com/"), "{entry}");
    }
    assert!(!is_proxied("10.0.0.7", "https://10.0.0.7/"));
    assert!(is_proxied("10.0.0.7", "https://10.0.0.70/"));
}

#[test]
fn requests_send_a_user_agent_and_reuse_their_connection() {
    let server = Server::imdbapi();
    let mut friends = Friends::online(&server.url());
    friends.stdin = (1..=25).map(|n| format!("tt{n:07}\n")).collect();
    friends.run("propose - --offline").ok();
    friends.run("cache refresh --jobs 1").ok();
    assert_eq!((server.count(), server.connections()), (5, 1));
    let agent = concat!("user-agent: movienight/", env!("CARGO_PKG_VERSION"));
    assert!(server.headers().iter().all(|headers| headers.to_lowercase().contains(agent)), "{:?}", server.headers());
}

/// Starts a proxy that answers every request with these bytes and closes the connection. Returns its address.
fn proxy(answer: &'static [u8]) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map(Result::unwrap) {
            let (mut request, mut byte) = (Vec::new(), [0]);
            // These are the first three bytes of SOCKS 5, which are enough to answer.
            while !request.ends_with(b"\r\n\r\n") && !request.starts_with(&[5, 1, 0]) {
                stream.read_exact(&mut byte).unwrap();
                request.extend(byte);
            }
            stream.write_all(answer).unwrap();
        }
    });
    address
}

#[test]
fn errors_of_a_proxy_name_the_proxy() {
    let login = proxy(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n");
    let portal = proxy(b"HTTP/1.1 302 Found\r\nlocation: http://login.example/\r\ncontent-length: 0\r\n\r\n");
    let socks = proxy(b"\x05\xff");
    let mute = proxy(b"");
    for (address, fault) in [
        ("http://127.0.0.1:9".to_owned(), "the proxy 127.0.0.1:9 refused the connection".to_owned()),
        ("http://proxy.invalid:3128".to_owned(), "the proxy proxy.invalid:3128".to_owned()),
        (format!("http://{login}"), format!("the proxy {login} requires a login")),
        (format!("http://{portal}"), format!("the proxy {portal} did not connect to api.example.com (status 302)")),
        (format!("socks5h://{socks}"), format!("the proxy {socks} requires a login")),
        (format!("http://{mute}"), format!("the proxy {mute}")),
    ] {
        let mut friends = Friends::online("https://api.example.com");
        friends.set("HTTPS_PROXY", &address);
        let said = friends.run("propose tt0000012").ok().err;
        assert!(said.contains(&fault), "{address}: {said}");
    }
    // Such a proxy takes only addresses, so both names are looked up here.
    for (proxy, fault) in [
        ("127.0.0.1:9", "the name of api.invalid does not resolve (through the proxy 127.0.0.1:9)"),
        ("proxy.invalid:9", "the name of api.invalid or that of the proxy proxy.invalid:9 does not resolve"),
    ] {
        let mut friends = Friends::online("https://api.invalid");
        friends.set("HTTPS_PROXY", format!("socks5://{proxy}"));
        let said = friends.run("propose tt0000012").ok().err;
        assert!(said.contains(fault), "{said}");
    }
    let mut friends = Friends::online("https://api.example.com");
    friends.set("HTTPS_PROXY", "http://proxy.example:notaport");
    let error = friends.run("propose tt0000012").fails();
    assert!(error.contains("HTTPS_PROXY is not the address of a proxy"), "{error}");
}

#[test]
fn an_unanswered_request_points_to_doctor_not_to_offline() {
    let mut friends = Friends::online("http://127.0.0.1:9");
    friends.limits.person = std::time::Duration::ZERO;
    let error = friends.run("show tt0000001").fails();
    assert!(!error.contains("--offline") && error.contains("movienight doctor"), "{error}");
}

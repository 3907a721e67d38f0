//! The addresses from which posters are requested.

use movienight::posters::address::PosterUrl;
use proptest::prelude::*;
use url::Url;

const AMAZON: &str = "m.media-amazon.com";
const METAHUB: [&str; 2] = ["images.metahub.space", "live.metahub.space"];

fn asked(url: &str) -> Option<String> {
    PosterUrl::of(url, &[]).map(|a| a.url().to_string())
}

#[test]
fn amazon_is_asked_for_300_pixels() {
    let small = "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_SX300.jpg";
    for url in [
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_SX300.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_SX250.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_CR180,77,1934,2901_.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_PT2.0_CR119,79,939,1408_.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._V1_QL75_UX380_CR0,0,380,562_.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@._SX3000_.jpg",
        "https://m.media-amazon.com/images/M/MV5BAbcEyXkFqcGc@.jpg",
        "https://m.media-amazon.com:443/images/M/MV5BAbcEyXkFqcGc@._V1_.jpg?tag=1#top",
    ] {
        assert_eq!(asked(url).as_deref(), Some(small), "{url}");
    }
    // Recorded names end with `@@`, or without any `@`.
    for name in ["MV5BAbc@@", "MV5BAbc"] {
        let url = format!("https://m.media-amazon.com/images/M/{name}._V1_.jpg");
        assert_eq!(asked(&url), Some(url.replace("_V1_", "_V1_SX300")));
    }
}

#[test]
fn metahub_is_asked_for_the_small_size() {
    for host in METAHUB {
        for size in ["small", "medium", "large"] {
            let url = format!("https://{host}/poster/{size}/tt0111161/img");
            assert_eq!(asked(&url), Some(format!("https://{host}/poster/small/tt0111161/img")));
        }
    }
}

#[test]
fn no_other_addresses_are_requested() {
    for url in [
        "",
        "N/A",
        "m.media-amazon.com/images/M/a._V1_.jpg",
        "https://example.org/images/M/a._V1_.jpg",
        "https://m.media-amazon.com.example.org/images/M/a._V1_.jpg",
        "https://xm.media-amazon.com/images/M/a._V1_.jpg",
        "https://m.media-amazon.com./images/M/a._V1_.jpg",
        "https://m.media-amazon.com@example.org/images/M/a._V1_.jpg",
        "https://user@m.media-amazon.com/images/M/a._V1_.jpg",
        "https://:word@m.media-amazon.com/images/M/a._V1_.jpg",
        "https://m.media-amazon.com:8443/images/M/a._V1_.jpg",
        "http://m.media-amazon.com/images/M/a._V1_.jpg",
        "ftp://m.media-amazon.com/images/M/a._V1_.jpg",
        "file:///images/M/a._V1_.jpg",
        "file://m.media-amazon.com/images/M/a._V1_.jpg",
        "data:image/jpeg;base64,/9j/",
        "https://m.media-amazon.com/images/M/a._V1_.png",
        "https://m.media-amazon.com/images/M/a._V1_.jpg/more",
        "https://m.media-amazon.com/images/M/a%2f..%2fb._V1_.jpg",
        "https://m.media-amazon.com/images/M/._V1_.jpg",
        "https://m.media-amazon.com/other/a._V1_.jpg",
        "https://images.metahub.space/background/medium/tt0111161/img",
        "https://images.metahub.space/poster/huge/tt0111161/img",
        "https://images.metahub.space/poster/small/tt0111161/img/x",
        "https://images.metahub.space/poster/small/tt../img",
        "https://images.metahub.space/poster/small/tt0111161%2f../img",
        "http://127.0.0.1/a.jpg",
        "http://127.0.0.1:8080/a.jpg",
        "http://[::1]/a.jpg",
        "http://localhost/a.jpg",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/a.jpg",
    ] {
        assert_eq!(asked(url), None, "{url}");
    }
    assert_eq!(asked(&format!("https://m.media-amazon.com/images/M/{}._V1_.jpg", "a".repeat(600))), None);
}

#[test]
fn loopback_is_allowed_only_at_the_address_of_a_source() {
    let at = |url: &str| Url::parse(url).unwrap();
    let sources = [at("http://127.0.0.1:8080/api"), at("https://api.example.org/")];
    let asked = |url: &str| PosterUrl::of(url, &sources).map(|a| a.url().to_string());
    assert_eq!(asked("http://127.0.0.1:8080/a.jpg?key=1").as_deref(), Some("http://127.0.0.1:8080/a.jpg"));
    for url in [
        "http://127.0.0.1:8081/a.jpg",
        "https://127.0.0.1:8080/a.jpg",
        "http://127.0.0.2:8080/a.jpg",
        "http://localhost:8080/a.jpg",
        "http://ana:word@127.0.0.1:8080/a.jpg",
        // A source on another host does not allow that host.
        "https://api.example.org/a.jpg",
    ] {
        assert_eq!(asked(url), None, "{url}");
    }
    // Another spelling of the same address is the same address.
    assert!(asked("http://0x7f.1:8080/a.jpg").is_some());
}

proptest! {
    #[test]
    fn requested_addresses_are_small_and_plain(url in any_url()) {
        let Some(address) = PosterUrl::of(&url, &[]) else { return Ok(()) };
        let url = address.url();
        prop_assert_eq!(url.scheme(), "https");
        prop_assert!(url.query().is_none() && url.fragment().is_none() && url.port().is_none());
        prop_assert!(url.username().is_empty() && url.password().is_none());
        let host = address.host();
        match host == AMAZON {
            true => prop_assert!(url.path().ends_with("._V1_SX300.jpg")),
            false => prop_assert!(METAHUB.contains(&host) && url.path().starts_with("/poster/small/tt")),
        }
        // An address made by the rule is kept by the rule, because redirects go through it too.
        prop_assert_eq!(PosterUrl::of(url.as_str(), &[]), Some(address));
    }
}

fn any_url() -> impl Strategy<Value = String> {
    let host = prop_oneof![Just(AMAZON), Just(METAHUB[0]), Just(METAHUB[1])];
    let path = prop_oneof![
        "(/images/[A-Z]/[A-Za-z0-9@^.,_%-]{0,20}(\\._V1_[A-Z0-9,_.]{0,9})?\\.jpg)?",
        "/poster/(small|medium|large)/tt[0-9]{6,11}/img",
        "\\PC{0,30}",
    ];
    ("https?://([a-z:]{0,3}@)?", host, "(:[0-9]{1,4})?", path, "([?#].{0,5})?")
        .prop_map(|(scheme, host, port, path, rest)| format!("{scheme}{host}{port}{path}{rest}"))
}

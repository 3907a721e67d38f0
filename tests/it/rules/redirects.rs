//! Redirects that are followed.

use movienight::net::redirected;
use url::Url;

#[test]
fn redirects_stay_secure() {
    let from = |url: &str, to: &str| redirected(&Url::parse(url).unwrap(), to).map(|u| u.to_string()).ok();
    assert_eq!(from("https://a/x", "/y"), Some("https://a/y".into()));
    assert_eq!(from("https://a/x", "https://b/y"), Some("https://b/y".into()));
    assert_eq!(from("http://127.0.0.1:1/x", "http://127.0.0.1:2/y"), Some("http://127.0.0.1:2/y".into()));
    for (url, to) in
        [("https://a/x", "http://a/y"), ("http://127.0.0.1/x", "http://10.0.0.1/"), ("https://a/x", "file:///etc")]
    {
        assert_eq!(from(url, to), None, "{to}");
    }
}

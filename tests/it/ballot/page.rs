//! `page --ballot`: the page as a ballot paper, and how it works in a real browser.

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use movienight::model::chat::{Thread, Titles, count};
use movienight::model::{Opinion, Proposal, ProposalNumber};
use serde::Deserialize;
use time::UtcDateTime;

use crate::ballot::messages::format_opinions;
use crate::support::Friends;

fn friends(count: usize) -> Friends {
    let friends = Friends::offline().in_file();
    for n in 1..=count {
        friends.args(&["propose", "--title", &format!("<b>Home</b> Video \"{n}\""), "--as", "Ana"]).ok();
    }
    friends
}

#[test]
fn the_content_security_policy_allows_only_the_script() {
    use base64::Engine;
    let html = friends(3).run("page --ballot").ok().out;
    let script = html.split_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    let digest = ring::digest::digest(&ring::digest::SHA256, script.as_bytes());
    let hash = base64::engine::general_purpose::STANDARD.encode(digest);
    // If this fails, the script was changed: put the new hash into src/render/ballot_page.rs.
    assert!(html.contains(&format!("script-src &#39;sha256-{hash}&#39;")), "the hash of the script is {hash}");
    assert_eq!(html.matches("<script").count(), 1);
    for never in
        [" style=", "fetch(", "XMLHttp", "localStorage", "sessionStorage", "cookie", "src=\"http", "innerHTML", " on"]
    {
        let body = html.split_once("<body>").unwrap().1;
        assert!(!body.contains(never) || never == " on" && !body.contains(" onclick"), "{never}");
    }
    assert!(html.contains("Answer in the chat with numbers"), "without scripts");
}

#[test]
fn a_ballot_page_shows_no_votes() {
    let friends = friends(3);
    friends.run("vote 2 --as Ben").ok();
    let html = friends.run("page --ballot").ok().out;
    let main = html.split_once("<main>").unwrap().1.split_once("</main>").unwrap().0;
    for never in ["Ben", "vote", "place</span>", "First place"] {
        assert!(!main.contains(never), "{never}");
    }
    let places: Vec<usize> = (1..=3).map(|n| main.find(&format!("data-number=\"{n}\"")).unwrap()).collect();
    assert!(places.is_sorted(), "in the order of their numbers");
}

#[test]
fn a_number_that_is_a_title_is_marked_as_a_number() {
    let friends = friends(3);
    friends.args(&["propose", "--title", "2", "--as", "Ana"]).ok();
    let html = friends.run("page --ballot").ok().out;
    for number in ["1", "#2", "3", "4"] {
        assert!(html.contains(&format!("data-number=\"{number}\"")), "{number}");
    }
}

/// The boxes that were tapped, and the resulting line.
#[derive(Deserialize)]
struct Tapped {
    line: String,
    yes: Vec<i64>,
    favorite: Vec<i64>,
    no: Vec<i64>,
}

/// A script that fills in a hundred random ballots, and adds them with their lines to the page.
const TAPS: &str = r#"<script>
let seed = SEED;
const random = (n) => { seed = (seed * 1103515245 + 12345) % 2147483648; return Math.floor(seed / 2147483648 * n); };
const all = [...document.querySelectorAll(".choice input")];
const checked = (value) => all.filter((box) => box.value === value && box.checked).map((box) => Number(box.closest(".choice").dataset.number));
const ballots = [];
for (let ballot = 0; ballot < 100; ballot += 1) {
  all.filter((box) => box.checked).forEach((box) => box.click());
  const input = document.getElementById("name");
  input.value = `P${ballot}`;
  input.dispatchEvent(new Event("input"));
  for (let tap = random(14); tap >= 0; tap -= 1) all[random(all.length)].click();
  ballots.push({ line: document.getElementById("line").value, yes: checked("yes"), favorite: checked("favorite"), no: checked("no") });
}
const out = document.createElement("pre");
out.id = "ballots";
out.textContent = btoa(JSON.stringify(ballots).replace(/♥/g, "\\u2665"));
document.body.append(out);
</script></body>"#;

#[test]
fn ballots_tapped_in_a_browser_are_read_from_the_chat() {
    use base64::Engine;
    let places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    let Some(chromium) = places.into_iter().find(|place| Path::new(place).exists()) else {
        use std::io::Write;
        let _ = writeln!(std::io::stderr(), "not tested: there is no Chromium");
        return;
    };
    let friends = friends(12);
    let html = friends.run("page --ballot").ok().out;
    let seed: u32 = fastrand::u32(1..1_000_000);
    // The page's policy would block the test's own script.
    let html = html
        .replace("Content-Security-Policy", "X-Policy")
        .replace("</body>", &TAPS.replace("SEED", &seed.to_string()));
    let file = friends.folder.path().join("ballot.html");
    std::fs::write(&file, html).unwrap();
    let profile = format!("--user-data-dir={}", friends.folder.path().join("profile").display());
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", &profile, "--dump-dom"])
        .arg(format!("file://{}", file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8(output.stdout).unwrap();
    let encoded = dom.split_once("<pre id=\"ballots\">").expect("the script ran").1.split_once("</pre>").unwrap().0;
    let json = base64::engine::general_purpose::STANDARD.decode(encoded).unwrap();
    let tapped: Vec<Tapped> = serde_json::from_slice(&json).unwrap();
    assert_eq!(tapped.len(), 100);
    let board: Vec<Proposal> = (1..=12).map(|n| Proposal::new(ProposalNumber(n), UtcDateTime::UNIX_EPOCH)).collect();
    let titles = Titles::new(&board);
    for ballot in tapped {
        assert!(ballot.no.len() <= 3 && ballot.favorite.len() <= 1, "seed {seed}");
        let all = [(&ballot.yes, Opinion::Yes), (&ballot.favorite, Opinion::Favorite), (&ballot.no, Opinion::No)];
        let all =
            all.into_iter().flat_map(|(numbers, opinion)| numbers.iter().map(move |n| (ProposalNumber(*n), opinion)));
        let counted = count(&Thread::read(&ballot.line, &titles, &HashSet::new()).messages, &titles);
        assert_eq!(counted.not_understood, [], "seed {seed}: {}", ballot.line);
        let read = counted.ballots.into_iter().flat_map(|ballot| ballot.opinions);
        let read = read.map(|said| (said.movie, said.opinion)).collect();
        assert_eq!(format_opinions(read), format_opinions(all.collect()), "seed {seed}: {}", ballot.line);
    }
}

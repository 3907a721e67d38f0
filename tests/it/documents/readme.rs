//! The sessions in the documents are run and must show what the program prints. `MOVIENIGHT_BLESS=1` rewrites them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;

use movienight::Cli;
use serde_json::{Value, json};

use crate::support::Friends;
use crate::support::datasets::Datasets;
use crate::support::server::{Reply, Server, titles};

/// Returns the data of a movie in the documents, as imdbapi does. `None` for other movies.
fn movie(id: &str) -> Option<Value> {
    let plot = match id {
        "tt0068646" => Some("The head of a crime family hands his business to the son who never wanted it."),
        _ => None,
    };
    let (title, year, rating, minutes, genres) = match id {
        "tt0068646" => ("The Godfather", 1972, 9.2, 175, ["Crime", "Drama"]),
        "tt0211915" => ("Amélie", 2001, 8.3, 122, ["Comedy", "Romance"]),
        "tt0113277" => ("Heat", 1995, 8.3, 170, ["Crime", "Drama"]),
        "tt0245429" => ("Spirited Away", 2001, 8.6, 125, ["Animation", "Adventure"]),
        "tt0111161" => ("The Shawshank Redemption", 1994, 9.3, 142, ["Drama", "Crime"]),
        _ => return None,
    };
    Some(json!({
        "id": id, "type": "movie", "primaryTitle": title, "startYear": year, "runtimeSeconds": minutes * 60,
        "genres": genres, "plot": plot, "rating": {"aggregateRating": rating, "voteCount": 1_000_000},
    }))
}

pub fn serve(path: &str) -> Reply {
    if let Some(query) = path.strip_prefix("/search/titles?query=") {
        let word = query.split(['+', '&']).next().unwrap();
        let all = ["tt0068646", "tt0211915", "tt0113277", "tt0245429", "tt0111161"].map(|id| movie(id).unwrap());
        let has = |t: &Value| t["primaryTitle"].as_str().unwrap().to_lowercase().contains(word);
        return Reply::json(&json!({ "titles": all.into_iter().filter(has).collect::<Vec<_>>() }));
    }
    titles(path, movie)
}

/// The documents whose sessions are run.
const DOCUMENTS: [&str; 7] = [
    "README.md",
    "docs/cache.md",
    "docs/catalog.md",
    "docs/commands.md",
    "docs/faq.md",
    "docs/scripts.md",
    "docs/together.md",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|_| panic!("{name} is absent"))
}

/// Splits a command line into words like a shell, as far as the documents need it.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if open == c => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The sessions of a document, and the group for which they run.
///
/// The commands before the first section are run again at the start of each section, so that sections can be read and
/// written one by one. `<!-- $ movienight … -->` is run and not shown. `$ cat FILE` makes a file of the lines below it.
/// Each section has a folder for its files, and `< FILE` reads one.
struct Sessions {
    imdbapi: Server,
    datasets: Datasets,
    friends: Friends,
    /// The commands before the first section; complete once it has begun.
    beginning: Vec<String>,
    in_section: bool,
}

impl Sessions {
    fn new() -> Self {
        let (imdbapi, datasets) = (Server::start(serve), Datasets::start());
        let friends = Self::friends(&imdbapi, &datasets);
        Self { imdbapi, datasets, friends, beginning: Vec::new(), in_section: false }
    }

    fn friends(imdbapi: &Server, datasets: &Datasets) -> Friends {
        let mut friends = Friends::online(&imdbapi.url()).in_file();
        friends.set("MOVIENIGHT_DATASETS_URL", datasets.url());
        friends.terminal = Some(80);
        friends.set("NO_COLOR", "1");
        friends.set("LOGNAME", "Ana");
        friends
    }

    fn begin_section(&mut self) {
        self.in_section = true;
        self.friends = Self::friends(&self.imdbapi, &self.datasets);
        for command in self.beginning.clone() {
            self.run(&command);
        }
    }

    /// Runs a command line and returns what it prints.
    fn run(&mut self, line: &str) -> String {
        if !self.in_section {
            self.beginning.push(line.to_owned());
        }
        let (command, input) = line.split_once(" < ").unwrap_or((line, ""));
        let folder = self.friends.folder.path().to_owned();
        self.friends.stdin =
            if input.is_empty() { String::new() } else { std::fs::read_to_string(folder.join(input)).unwrap() };
        let is_file = |word: &str| [".csv", ".db", ".html", ".json", ".txt", ".zip"].iter().any(|e| word.ends_with(e));
        let args: Vec<String> = words(command)
            .into_iter()
            .map(|word| if is_file(&word) { folder.join(word).to_str().unwrap().to_owned() } else { word })
            .collect();
        let ran = self.friends.args(&args.iter().map(String::as_str).collect::<Vec<_>>());
        self.friends.later(Duration::from_secs(60));
        let printed = (ran.out + &ran.err).replace(&format!("{}/config/", folder.display()), "~/.config/");
        printed.replace(&format!("{}/", folder.display()), "")
    }

    /// Runs the sessions of a document, and returns the document with what they print now.
    fn rewrite(&mut self, document: &str) -> String {
        let mut actual = String::new();
        let mut lines = document.lines().peekable();
        let (mut in_block, mut in_session) = (false, false);
        while let Some(line) = lines.next() {
            if line.starts_with("```") {
                in_session = line == "```console";
                in_block = !in_block;
            }
            let hidden = line.strip_prefix("<!-- $ movienight").and_then(|rest| rest.strip_suffix("-->"));
            if !in_block && line.starts_with("## ") {
                self.begin_section();
            } else if let Some(command) = hidden {
                self.run(command);
            }
            if !in_session || line == "```console" {
                writeln!(actual, "{line}").unwrap();
            } else if let Some(command) = line.strip_prefix("$ movienight") {
                writeln!(actual, "{line}").unwrap();
                actual += &self.run(command);
            } else if let Some(file) = line.strip_prefix("$ cat ") {
                let mut text = String::new();
                while let Some(line) = lines.next_if(|line| !line.starts_with("$ ") && !line.starts_with("```")) {
                    writeln!(text, "{line}").unwrap();
                }
                std::fs::write(self.friends.folder.path().join(file), &text).unwrap();
                write!(actual, "{line}\n{text}").unwrap();
            }
        }
        actual
    }
}

/// Returns the lines without what differs from run to run: times and paths.
fn stable_lines(text: &str) -> Vec<&str> {
    let varying_prefixes = ["Board      ", "Database ", "Built the catalogue in", "Refreshed "];
    text.lines()
        .map(|line| varying_prefixes.into_iter().find(|start| line.starts_with(start)).unwrap_or(line))
        .collect()
}

#[test]
fn sessions_in_the_documents_match_the_program() {
    let mut differences = String::new();
    for name in DOCUMENTS {
        let text = document(name);
        let actual = Sessions::new().rewrite(&text);
        let (said, is) = (stable_lines(&text), stable_lines(&actual));
        if said == is {
            continue;
        }
        if std::env::var_os("MOVIENIGHT_BLESS").is_some() {
            std::fs::write(root().join(name), &actual).unwrap();
            continue;
        }
        let first = said.iter().zip(&is).position(|(a, b)| a != b).unwrap_or(said.len().min(is.len()));
        let part = |lines: &[&str]| lines[first..].iter().take(5).copied().collect::<Vec<_>>().join("\n    ");
        writeln!(
            differences,
            "{name}, line {}: it says\n    {}\nbut the program says\n    {}",
            first + 1,
            part(&said),
            part(&is)
        )
        .unwrap();
    }
    assert!(differences.is_empty(), "MOVIENIGHT_BLESS=1 rewrites the documents:\n{differences}");
}

/// Returns the anchor of a heading, as repository hosts make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn links_in_the_documents_are_valid() {
    let others = ["docs/json.md", "docs/ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];
    for name in DOCUMENTS.into_iter().chain(others) {
        let text = document(name);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        for target in targets.filter(|target| !target.starts_with("http")) {
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let path = match file {
                "" => root().join(name),
                file => root().join(name).parent().unwrap().join(file),
            };
            let there = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} links to {target}"));
            let has_heading = there.lines().any(|line| line.starts_with('#') && anchor(line) == heading);
            assert!(heading.is_empty() || has_heading, "{name} links to {target}");
        }
    }
}

#[test]
fn files_named_in_the_documents_exist() {
    for name in ["docs/ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let text = document(name);
        for code in text.split('`').skip(1).step_by(2).filter_map(|code| code.split_whitespace().next()) {
            let is_whole =
                ["src/", "tests/", "migrations/", "benches/", "docs/", ".ci/"].iter().any(|f| code.starts_with(f));
            let path = if is_whole { root().join(code) } else { root().join("src").join(code) };
            assert!(!(is_whole || code.ends_with(".rs")) || path.exists(), "{name} names {code}");
        }
    }
}

#[test]
fn every_command_has_a_section_and_a_link_to_it() {
    let (commands, readme) = (document("docs/commands.md"), document("README.md"));
    let command = Cli::whole();
    let is_own = |command: &&clap::Command| !command.is_hide_set() && command.get_name() != "help";
    for name in command.get_subcommands().filter(is_own).map(clap::Command::get_name) {
        assert!(commands.contains(&format!("\n## {name}\n")), "docs/commands.md has no section \"{name}\"");
        let link = format!("[{name}](docs/commands.md#{name})");
        assert!(readme.contains(&link), "the table of commands in README.md has no {link}");
    }
}

#[test]
fn the_readme_has_at_most_220_lines() {
    let lines = document("README.md").lines().count();
    assert!(lines <= 220, "README.md has {lines} lines: the rest belongs in docs/");
}

#[test]
fn pictures_in_the_documents_exist_and_are_small() {
    let mut names = BTreeSet::new();
    for document_name in DOCUMENTS {
        let text = document(document_name);
        let folder = root().join(document_name).parent().unwrap().to_owned();
        for name in text.split('"').filter(|part| part.ends_with(".webp")) {
            let bytes = std::fs::metadata(folder.join(name)).unwrap_or_else(|_| panic!("{name} is absent")).len();
            assert!((1_000..60 << 10).contains(&bytes), "{name} has {bytes} bytes");
            names.insert(name.rsplit('/').next().unwrap().to_owned());
        }
    }
    assert_eq!(names.len(), 6);
}

//! Chat threads: nothing panics, and no ballot gives a movie two opinions.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use movienight::model::chat::{Thread, Titles, count};
use movienight::model::{CacheEntry, Proposal, ProposalNumber, Title};
use time::UtcDateTime;

fuzz_target!(|text: &str| {
    let movie = |(number, title): (i64, &str)| Proposal {
        cache: CacheEntry {
            title: Some(Title { title: title.to_owned(), year: Some(1995), ..Title::default() }),
            ..CacheEntry::default()
        },
        ..Proposal::new(ProposalNumber(number), UtcDateTime::UNIX_EPOCH)
    };
    let board: Vec<Proposal> = [(1, "Heat"), (2, "300"), (3, "12 Angry Men"), (4, "Up")].map(movie).into();
    let titles = Titles::new(&board);
    for ballot in count(&Thread::read(text, &titles, &HashSet::new()).messages, &titles).ballots {
        let mut movies = HashSet::new();
        assert!(ballot.opinions.iter().all(|said| movies.insert(said.movie)), "{ballot:?}");
    }
});

//! The contract of the database drivers, run against both: what the store's SQL may rely on.

use std::time::Duration;

use movienight::store::db::{Driver, Mode, Param, Statement};
use movienight::store::{ErrorKind, Location, OpenMode, StoreError, open_driver};

use crate::support::Friends;
use crate::support::postgres::{new_board, server};

/// Two connections to one new board.
type Drivers = [Box<dyn Driver>; 2];

/// Runs a test on each driver.
#[track_caller]
fn for_each_driver(test: impl Fn(Drivers)) {
    let open = |place: &std::ffi::OsStr| {
        let location = Location::parse(place, &|_| None).unwrap();
        [(); 2].map(|()| open_driver(&location, OpenMode::Create).unwrap().unwrap())
    };
    let friends = Friends::offline();
    test(open(friends.folder.path().join("contract.db").as_os_str()));
    if let Some(server) = server() {
        test(open(server.address("owner", &new_board()).as_ref()));
    }
}

fn new<'a>(sql: &'static str, params: Vec<Param<'a>>) -> Statement<'a> {
    Statement::new(sql, params)
}

/// Returns the rows of queries for a number and a text, each with the index of its query.
fn rows(driver: &mut dyn Driver, queries: &[Statement<'_>]) -> Vec<(usize, Option<i64>, Option<String>)> {
    let mut rows = Vec::new();
    let run = driver.run(queries, &mut |query, row| {
        rows.push((query, row.int(0)?, row.text(1)?.map(str::to_owned)));
        Ok(())
    });
    run.unwrap();
    rows
}

fn write(driver: &mut dyn Driver, statements: &[Statement<'_>]) -> Result<(), StoreError> {
    driver.begin(Mode::Write)?;
    let done = driver.execute(statements).and_then(|()| driver.commit(None));
    if done.is_err() {
        driver.rollback();
    }
    done
}

const SEARCH: &str = "INSERT INTO searches (words, found_at, hits) VALUES (?1, ?2, '[]')";
const SEARCHES: &str = "SELECT found_at, words FROM searches ORDER BY found_at";

fn search(words: &str, at: i64) -> Statement<'_> {
    new(SEARCH, vec![words.into(), at.into()])
}

fn count(driver: &mut dyn Driver) -> usize {
    driver.begin(Mode::Read).unwrap();
    let count = rows(driver, &[new(SEARCHES, vec![])]).len();
    driver.commit(None).unwrap();
    count
}

#[test]
fn placeholders_are_numbered_and_preserve_their_values() {
    for_each_driver(|[mut driver, _]| {
        driver.begin(Mode::Read).unwrap();
        // In SQLite, `$1` would be a name, and the first name would get the first value.
        let swapped = new("SELECT ?2, ?1", vec!["text".into(), 7.into()]);
        assert_eq!(rows(&mut *driver, &[swapped]), [(0, Some(7), Some("text".to_owned()))]);
        for (number, text) in [(i64::MIN, ""), (i64::MAX, "Amélie 🎬 'quoted' \\ $1 \"x\""), (0, "line\nbreak")] {
            let query = new("SELECT ?1, ?2", vec![number.into(), text.into()]);
            assert_eq!(rows(&mut *driver, &[query]), [(0, Some(number), Some(text.to_owned()))]);
        }
        let nothing = new("SELECT ?1, ?2", vec![None::<i64>.into(), None::<String>.into()]);
        assert_eq!(rows(&mut *driver, &[nothing]), [(0, None, None)]);
        driver.commit(None).unwrap();
    });
}

#[test]
fn rows_come_in_the_order_of_their_statements() {
    for_each_driver(|[mut driver, _]| {
        write(&mut *driver, &[search("b", 2), search("a", 1), search("c", 3)]).unwrap();
        driver.begin(Mode::Read).unwrap();
        let one =
            |words: &'static str| new("SELECT found_at, words FROM searches WHERE words = ?1", vec![words.into()]);
        let queries = [new(SEARCHES, vec![]), one("c"), one("x"), one("a")];
        let found = rows(&mut *driver, &queries).into_iter().map(|(query, at, _)| (query, at.unwrap()));
        assert_eq!(found.collect::<Vec<_>>(), [(0, 1), (0, 2), (0, 3), (1, 3), (3, 1)]);
        driver.commit(None).unwrap();
    });
}

#[test]
fn a_statement_for_many_rows_may_run_over_arrays() {
    for_each_driver(|[mut driver, _]| {
        let many = "INSERT INTO searches (words, found_at, hits) SELECT *, '[]' FROM unnest(?1::text[], ?2::bigint[])";
        let searches = ["a", "b", "c", "d"].into_iter().zip(1_i64..).map(|(words, at)| vec![words.into(), at.into()]);
        let nothing = Statement::for_each(SEARCH, many, vec![]);
        write(&mut *driver, &[Statement::for_each(SEARCH, many, searches.collect()), nothing]).unwrap();
        driver.begin(Mode::Read).unwrap();
        let each = |words: &[&'static str]| {
            let one = "SELECT found_at, words FROM searches WHERE words = ?1";
            let many = "SELECT found_at, words FROM searches WHERE words = ANY (?1::text[])";
            Statement::for_each(one, many, words.iter().map(|words| vec![(*words).into()]).collect())
        };
        let queries = [each(&["a", "b"]), new(SEARCHES, vec![]), each(&[]), each(&["c", "x"])];
        let mut found: Vec<_> = rows(&mut *driver, &queries).into_iter().map(|(at, time, _)| (at, time)).collect();
        found.sort_unstable();
        let found: Vec<_> = found.into_iter().map(|(at, time)| (at, time.unwrap())).collect();
        assert_eq!(found, [(0, 1), (0, 2), (1, 1), (1, 2), (1, 3), (1, 4), (3, 3)]);
        driver.commit(None).unwrap();
    });
}

#[test]
fn transactions_are_atomic() {
    for_each_driver(|[mut driver, mut other]| {
        driver.begin(Mode::Write).unwrap();
        driver.execute(&[search("a", 1)]).unwrap();
        assert_eq!(rows(&mut *driver, &[new(SEARCHES, vec![])]).len(), 1, "it reads what it wrote");
        driver.rollback();
        assert_eq!(count(&mut *other), 0);
        // The second statement breaks a constraint.
        let error = write(&mut *driver, &[search("a", 1), search("a", 2)]).unwrap_err();
        assert_eq!(error.kind, ErrorKind::Damaged);
        assert!(error.to_string().ends_with("nothing was stored"), "{error}");
        assert_eq!(count(&mut *other), 0);
        write(&mut *driver, &[search("a", 1)]).unwrap();
        assert_eq!(count(&mut *other), 1);
    });
}

#[test]
fn a_reader_sees_one_state_and_a_writer_is_exclusive() {
    for_each_driver(|[mut driver, mut other]| {
        write(&mut *driver, &[search("a", 1)]).unwrap();
        driver.begin(Mode::Write).unwrap();
        driver.execute(&[search("b", 2)]).unwrap();
        assert_eq!(rows(&mut *driver, &[new(SEARCHES, vec![])]).len(), 2);
        assert_eq!(count(&mut *other), 1, "what is not committed is nobody else's");
        other.set_lock_timeout(Some(Duration::from_millis(20)));
        assert_eq!(write(&mut *other, &[search("c", 3)]).unwrap_err().kind, ErrorKind::Busy);
        other.set_lock_timeout(None);
        driver.commit(None).unwrap();
        write(&mut *other, &[search("c", 3)]).unwrap();
        assert_eq!(count(&mut *driver), 3);
    });
}

#[test]
fn a_column_of_another_type_is_reported_as_damage() {
    for_each_driver(|[mut driver, _]| {
        driver.begin(Mode::Read).unwrap();
        for sql in ["SELECT 'text', 'text'", "SELECT 1, 2"] {
            let read = driver.run(&[new(sql, vec![])], &mut |_, row| row.int(0).and(row.text(1).map(drop)));
            assert_eq!(read.unwrap_err().kind, ErrorKind::Damaged, "{sql}");
        }
        driver.rollback();
    });
}

#[test]
fn only_three_opinions_are_stored_and_a_no_is_not_a_vote() {
    for_each_driver(|[mut driver, _]| {
        let people = "INSERT INTO voters (id, name, name_key) VALUES (?1, ?2, ?2)";
        let person = |id: i64, name: &'static str| new(people, vec![id.into(), name.into()]);
        let movie =
            new("INSERT INTO proposals (id, imdb_id, proposed_by, proposed_at) VALUES (1, 'tt1', 1, 0)", vec![]);
        write(&mut *driver, &[person(1, "ana"), person(2, "ben"), person(3, "cleo"), movie]).unwrap();
        let vote = |voter: i64, opinion: &'static str| {
            let sql = "INSERT INTO votes (proposal_id, voter_id, voted_at, opinion) VALUES (1, ?1, 0, ?2)";
            new(sql, vec![voter.into(), opinion.into()])
        };
        write(&mut *driver, &[vote(1, "yes"), vote(2, "favorite"), vote(3, "no")]).unwrap();
        driver.begin(Mode::Read).unwrap();
        let votes = rows(&mut *driver, &[new("SELECT voter_id, opinion FROM yes_votes ORDER BY voter_id", vec![])]);
        assert_eq!(votes.iter().map(|(_, voter, _)| voter.unwrap()).collect::<Vec<_>>(), [1, 2]);
        driver.commit(None).unwrap();
        let clear = new("DELETE FROM votes WHERE voter_id = 3", vec![]);
        assert!(write(&mut *driver, &[clear, vote(3, "perhaps")]).is_err());
    });
}

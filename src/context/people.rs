//! Names of people: who is new, and whom a new name resembles.

use crate::model::resolve::edit_similarity;
use crate::model::text::fold;
use crate::model::{Board, VoterName};

/// A name is suggested when slips of the finger leave so much of it (0 to 1): Bne and Ben, not Dan and Anna.
pub const SUGGEST_FROM: f64 = 0.6;
/// A name of so many letters is suggested for a longer one that begins with it.
const SHORT_FORM: usize = 3;

/// The known person whose name resembles this one most.
pub fn similar<'b>(name: &VoterName, board: &'b Board) -> Option<&'b str> {
    let wanted = fold(name.as_str());
    let known = board.voters.iter().filter(|voter| voter.is_listed);
    let is_short_of = |short: &str, long: &str| short.chars().count() >= SHORT_FORM && long.starts_with(short);
    let likeness = |known: &str| match is_short_of(known, &wanted) || is_short_of(&wanted, known) {
        true => 1.0,
        false => edit_similarity(known, &wanted),
    };
    let compared = known.map(|voter| (likeness(&fold(&voter.name)), voter.name.as_str()));
    let nearest = compared.max_by(|a, b| a.0.total_cmp(&b.0));
    nearest.filter(|(similarity, _)| *similarity >= SUGGEST_FROM).map(|(_, name)| name)
}

/// A note on a name that the group does not know yet, with the command that takes back what was just done; none: they
/// know it, or nobody else is there. A login name may be nobody's choice.
pub fn newcomer(name: &VoterName, is_login: bool, board: &Board, undo: &str) -> Option<String> {
    let others = board.voters.iter().any(|voter| voter.is_listed);
    if !others || board.voter(name.key()).is_some() {
        return None;
    }
    let question = match similar(name, board) {
        Some(other) => format!("; did you mean {other}? {undo} takes it back"),
        None if is_login => {
            format!(", by their login: --as NAME or MOVIENIGHT_USER gives another name, {undo} takes it back")
        }
        None => String::new(),
    };
    Some(format!("{name} is new here{question}"))
}

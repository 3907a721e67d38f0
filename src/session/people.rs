//! Names of people: who is new, and whom a new name resembles.

use crate::model::resolve::similarity;
use crate::model::text::fold;
use crate::model::{Board, VoterName};

/// A name must be this similar (0 to 1) to be suggested.
pub const SUGGEST_FROM: f64 = 0.6;

/// The known person whose name resembles this one most.
pub fn similar<'b>(name: &VoterName, board: &'b Board) -> Option<&'b str> {
    let wanted = fold(name.as_str());
    let known = board.voters.iter().filter(|voter| !voter.is_removed);
    let compared = known.map(|voter| (similarity(&fold(&voter.name), &wanted), voter.name.as_str()));
    let nearest = compared.max_by(|a, b| a.0.total_cmp(&b.0));
    nearest.filter(|(similarity, _)| *similarity >= SUGGEST_FROM).map(|(_, name)| name)
}

/// A note on a name that the group does not know yet, with the command that takes back what was just done; none: they
/// know it, or nobody else is there.
pub fn newcomer(name: &VoterName, board: &Board, undo: &str) -> Option<String> {
    let others = board.voters.iter().any(|voter| !voter.is_removed);
    if !others || board.voter(name.key()).is_some() {
        return None;
    }
    let question = similar(name, board).map(|other| format!("; did you mean {other}? {undo} takes it back"));
    Some(format!("{name} is new here{}", question.unwrap_or_default()))
}

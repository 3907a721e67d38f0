//! Turns the elements of a message into opinions of movies.

use super::elements::{Element, Reason, What, elements};
use super::sentence::Sentence;
use super::titles::Titles;
use super::words::Class;
use crate::model::text::quoted;
use crate::model::{Opinion, ProposalNumber};

/// Words beside a movie that mark a message as Portuguese, although Spanish has some of them.
const PORTUGUESE: &str = "eu|meu|minha|voto|por favor|porfa|pra mim|para mim|por mim|obrigado|obrigada|oi|oi pessoal|olá|\
    sim|também|beleza|boa noite|bom dia|pessoal|galera";

/// A message that is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// Movies and opinions, in the order in which they were said. Empty for a greeting.
    pub opinions: Vec<(ProposalNumber, Opinion)>,
    /// It replaces what the person said earlier.
    pub replaces: bool,
    /// It begins with an apology, which replaces what was said earlier only if the message says a yes.
    pub is_sorry: bool,
}

/// Reads a message.
///
/// # Errors
/// Something in it is not understood, or can be read in two ways.
pub fn read(text: &str, titles: &Titles) -> Result<Statement, Reason> {
    let elements = with_hearts(elements(text, titles)?);
    let is = |class: Class| elements.iter().any(|element| element.what == What::Word(class));
    let mut statement = Statement { opinions: Vec::new(), replaces: is(Class::Only), is_sorry: is(Class::Sorry) };
    for sentence in elements.split(|element| element.what == What::Stop) {
        Sentence::read(sentence)?.add_to(&mut statement.opinions)?;
    }
    no_after_a_stop(&elements)?;
    no_in_portuguese(&elements)?;
    check_only(&elements)?;
    let favorites = statement.opinions.iter().filter(|(_, opinion)| *opinion == Opinion::Favorite).count();
    if favorites > 1 {
        return Err("a person has one favourite".into());
    }
    let has_yes = statement.opinions.iter().any(|(_, opinion)| opinion.is_yes());
    if statement.replaces && !has_yes {
        return Err("it replaces earlier answers but votes for no movie".into());
    }
    statement.is_sorry &= !statement.opinions.is_empty();
    Ok(statement)
}

/// Attaches a final heart to the only movie before it: `Amélie! ❤️`.
fn with_hearts(mut elements: Vec<Element>) -> Vec<Element> {
    let is_movie = |element: &Element| matches!(element.what, What::Numbers(_) | What::Title(_));
    // "Thanks, 4! ❤️" may thank with a heart.
    let is_courtesy = |element: &Element| matches!(element.what, What::Word(class) if class.is_courtesy());
    let is_stop = |element: &Element| element.what == What::Stop && element.text != "\n";
    let last = |from: &[Element]| from.iter().rposition(|element| !is_stop(element));
    if let Some(heart) = last(&elements).filter(|at| elements[*at].what == What::Sign(Class::Favorite))
        && let Some(movie) = last(&elements[..heart]).filter(|at| is_movie(&elements[*at]))
        && !elements[..movie].iter().any(|element| is_movie(element) || is_courtesy(element))
    {
        elements.drain(movie + 1..heart);
    }
    elements
}

/// `No. 5` is a number.
fn no_after_a_stop(elements: &[Element]) -> Result<(), Reason> {
    let is_numbering = |three: &&[Element]| {
        three[0].what == What::Word(Class::No)
            && three[1].text == "."
            && matches!(three[2].what, What::Numbers(_) | What::Title(_))
    };
    match elements.windows(3).find(is_numbering) {
        Some(three) => Err(format!("{} may be a number", quoted(&format!("{}. {}", three[0].text, three[2].text)))),
        None => Ok(()),
    }
}

/// `no 3, por favor` is Portuguese for "in 3, please", or Spanish for "not 3, please".
fn no_in_portuguese(elements: &[Element]) -> Result<(), Reason> {
    let is_no = |two: &[Element]| {
        two[0].text.eq_ignore_ascii_case("no") && matches!(two[1].what, What::Numbers(_) | What::Title(_))
    };
    let is_portuguese = |element: &Element| {
        let text = element.text.to_lowercase();
        PORTUGUESE.split('|').any(|word| word == text)
    };
    match elements.windows(2).any(is_no) && elements.iter().any(is_portuguese) {
        true => Err("\"no\" is \"not\" in Spanish and \"in\" in Portuguese".into()),
        false => Ok(()),
    }
}

/// "Only" and "sorry" stand before all movies, or after all: "2, sorry, 4" takes the 2 back.
fn check_only(elements: &[Element]) -> Result<(), Reason> {
    let has_movie =
        |elements: &[Element]| elements.iter().any(|element| matches!(element.what, What::Numbers(_) | What::Title(_)));
    for (at, element) in elements.iter().enumerate() {
        let replaces = matches!(element.what, What::Word(Class::Only | Class::Sorry));
        if replaces && has_movie(&elements[..at]) && has_movie(&elements[at..]) {
            return Err(format!("{} stands between movies", quoted(&element.text)));
        }
    }
    Ok(())
}

//! Turns the elements of a message into opinions of movies.

use regex::Captures;

use super::elements::{Element, Reason, elements};
use super::forms::{BARE_ARTICLES, FINAL_HEART, Forms, HALF, LIST_WITH_ARTICLES, MARKS, MESSAGES, MISPLACED, Meaning};
use super::titles::Titles;
use super::words::Class;
use crate::model::text::quoted;
use crate::model::{Opinion, ProposalNumber};

/// The longest message that may be half a statement, in bytes: a mark whose movies follow in the next message.
const MAX_HALF: usize = 60;
const ONE_FAVORITE: &str = "a person has one favourite";
/// Words that make a message count as Portuguese, although Spanish and Italian have some of them.
const PORTUGUESE: &str = "e|eu|meu|minha|voto|por favor|porfa|pra mim|para mim|por mim|obrigado|obrigada|oi|oi pessoal|olá|\
    sim|também|beleza|boa noite|bom dia|pessoal|galera";

/// A message that is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statement {
    /// The movies and opinions, in the order in which they were said. Empty for a greeting.
    pub opinions: Vec<(ProposalNumber, Opinion)>,
    /// True if it replaces what the person said earlier.
    pub replaces: bool,
    /// True if it contains an apology, which replaces what was said earlier only if the message says a yes.
    pub is_sorry: bool,
}

/// Parses a message.
///
/// # Errors
/// Something in it is not understood, or can be read in two ways.
pub fn read(text: &str, titles: &Titles) -> Result<Statement, Reason> {
    let mut elements = without_repetitions(elements(text, titles)?);
    if let Some(found) = FINAL_HEART.captures(&row(&elements)) {
        elements.drain(found.get(1).map_or(0..0, |stops| stops.range()));
    }
    refuse(&MESSAGES, &row(&elements), &elements)?;
    no_in_portuguese(&elements)?;
    let has = |class: Class| elements.iter().any(|element| element.letter == class.letter());
    let mut statement = Statement { opinions: Vec::new(), replaces: has(Class::Only), is_sorry: has(Class::Sorry) };
    for sentence in elements.split(|element| matches!(element.letter, '.' | '|' | ';')) {
        add(sentence, &mut statement.opinions)?;
    }
    let favorites = statement.opinions.iter().filter(|(_, opinion)| *opinion == Opinion::Favorite).count();
    if favorites > 1 {
        return Err(ONE_FAVORITE.into());
    }
    let has_yes = statement.opinions.iter().any(|(_, opinion)| opinion.is_yes());
    if statement.replaces && !has_yes {
        return Err("it replaces earlier answers but votes for no movie".into());
    }
    statement.is_sorry &= !statement.opinions.is_empty();
    Ok(statement)
}

/// Returns true for a message that ends before the movies that it is about: `No:`, `nicht`, `👎`.
pub fn is_half(text: &str, titles: &Titles) -> bool {
    text.len() <= MAX_HALF && elements(text, titles).is_ok_and(|elements| HALF.is_match(&row(&elements)))
}

/// Returns true if everything in the text is understood and it names a movie on the board.
pub fn names_movie(text: &str, titles: &Titles) -> bool {
    elements(text, titles).is_ok_and(|elements| elements.iter().any(|element| !element.movies.is_empty()))
}

/// Returns the row of letters to which the [forms](super::forms) apply.
fn row(elements: &[Element]) -> String {
    elements.iter().map(|element| element.letter).collect()
}

/// Refuses a row that has one of these forms.
fn refuse(forms: &Forms, row: &str, elements: &[Element]) -> Result<(), Reason> {
    for (form, meaning) in forms.iter() {
        if let (Some(found), Meaning::Refused(reason)) = (form.captures(row), meaning) {
            return Err(refusal(reason, &found, elements));
        }
    }
    Ok(())
}

/// Returns a reason with the elements that it quotes.
fn refusal(reason: &str, found: &Captures, elements: &[Element]) -> Reason {
    let place = found.iter().skip(1).flatten().next().or(found.get(0)).map_or(0..0, |place| place.range());
    let blank = |element: &Element| if element.is_tight { "" } else { " " };
    let text: String = elements[place].iter().flat_map(|element| [blank(element), &element.text]).collect();
    reason.replace("{}", &quoted(text.trim()))
}

/// Adds the opinions in a sentence.
fn add(sentence: &[Element], opinions: &mut Vec<(ProposalNumber, Opinion)>) -> Result<(), Reason> {
    let row = row(sentence);
    refuse(&MISPLACED, &row, sentence)?;
    // "la 2 y la 4" is a list. Italian "le 7 e le 8" are times.
    let has = |word: &str| sentence.iter().any(|element| element.text == word);
    if !LIST_WITH_ARTICLES.is_match(&row) || has("le") && has("e") {
        refuse(&BARE_ARTICLES, &row, sentence)?;
    }
    for (element, letter) in sentence.iter().zip(marked(sentence)?.chars()) {
        let opinion = match letter {
            'M' | 'A' => Opinion::Yes,
            'H' if element.movies.len() > 1 => return Err(ONE_FAVORITE.into()),
            'H' => Opinion::Favorite,
            'X' | 'Z' => Opinion::No,
            _ => continue,
        };
        for movie in &element.movies {
            match opinions.iter_mut().find(|(known, _)| known == movie) {
                None => opinions.push((*movie, opinion)),
                Some((_, known)) if *known == opinion => {}
                Some((_, known)) if known.is_yes() && opinion.is_yes() => *known = Opinion::Favorite,
                Some(_) => return Err(format!("it says yes and no to {movie}")),
            }
        }
    }
    Ok(())
}

/// Returns the row of a sentence in which each movie has the letter of what is said about it.
fn marked(sentence: &[Element]) -> Result<String, Reason> {
    let mut row = touched(sentence);
    while let Some((form, meaning)) = MARKS.iter().find(|(form, _)| form.is_match(&row)) {
        let found = form.captures(&row).expect("the row has the form");
        let letter = match meaning {
            Meaning::Refused(reason) => return Err(refusal(reason, &found, sentence)),
            Meaning::Marks(letter) => *letter,
        };
        let [mark, movie] = ["mark", "movie"].map(|name| found.name(name).map(|group| group.range()));
        for (place, letter) in [(mark, " "), (movie, letter)] {
            place.into_iter().for_each(|place| row.replace_range(place, letter));
        }
    }
    Ok(row)
}

/// Returns the row of a sentence in which signs have marked the movies that they touch on one side only: `4♥`, `♥4`.
fn touched(sentence: &[Element]) -> String {
    let mut row: Vec<char> =
        sentence.iter().map(|element| if element.movies.is_empty() { element.letter } else { 'M' }).collect();
    let is_tight = |at: usize| sentence.get(at).is_some_and(|element| element.is_tight);
    let is_movie = |at: usize| sentence.get(at).is_some_and(|element| !element.movies.is_empty());
    for at in 0..row.len() {
        let mark = match row[at] {
            'F' => 'H',
            'Y' => 'A',
            'N' => 'Z',
            _ => continue,
        };
        let (movie, mark) = match (at > 0 && is_tight(at) && is_movie(at - 1), is_tight(at + 1) && is_movie(at + 1)) {
            (true, false) => (at - 1, mark),
            (false, true) => (at + 1, if mark == 'Z' { 'X' } else { mark }),
            _ => continue,
        };
        if row[movie] == 'M' {
            (row[movie], row[at]) = (mark, ' ');
        }
    }
    row.into_iter().collect()
}

/// Merges elements that name the same movie side by side: `2 (Heat)`, `Heat - 2`, `2. Heat`.
fn without_repetitions(elements: Vec<Element>) -> Vec<Element> {
    let mut kept: Vec<Element> = Vec::new();
    for element in elements {
        let last = kept.iter().rposition(|last| !last.movies.is_empty());
        let Some(at) = last.filter(|at| is_repeated(&kept[*at..], &element)) else {
            kept.push(element);
            continue;
        };
        // Brackets stay, because the closing one is still to come.
        if kept[at + 1..].iter().any(|between| matches!(between.letter, '-' | '.')) {
            kept.truncate(at + 1);
        }
        let movie = &mut kept[at];
        movie.text = format!("{} {}", movie.text, element.text);
        // Two titles have several words.
        movie.letter = if is_title(movie) && is_title(&element) { movie.letter.to_ascii_uppercase() } else { 'B' };
    }
    kept
}

/// Returns true if an element names again the movie at the start of `before`: after a dash, after the number of a list,
/// or directly or in brackets if one of the two is a title.
fn is_repeated(before: &[Element], element: &Element) -> bool {
    let movie = &before[0];
    let is_between = match row(&before[1..]).as_str() {
        "-" => true,
        "." => movie.letter == '#' && is_title(element),
        between => between.trim_matches(['(', ')']).is_empty() && (is_title(movie) || is_title(element)),
    };
    movie.movies == element.movies && is_between
}

fn is_title(element: &Element) -> bool {
    "TtEe".contains(element.letter)
}

/// Refuses `no 3, por favor`, which is Portuguese for "in 3, please" or Spanish for "not 3, please".
fn no_in_portuguese(elements: &[Element]) -> Result<(), Reason> {
    let is_no = |two: &[Element]| two[0].letter == 'O' && !two[1].movies.is_empty();
    let is_portuguese = |element: &Element| {
        let text = element.text.to_lowercase();
        PORTUGUESE.split('|').any(|word| word == text)
    };
    match elements.windows(2).any(is_no) && elements.iter().any(is_portuguese) {
        true => Err("\"no\" is \"not\" in Spanish and \"in\" in Portuguese".into()),
        false => Ok(()),
    }
}

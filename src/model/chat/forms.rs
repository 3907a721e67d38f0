//! The forms of sentences. A sentence is a row of letters, one for each element. A form is a pattern of rows.
//!
//! Words have the letters of their [`Class`](super::words::Class). The other letters are
//!
//! | | |
//! | --- | --- |
//! | `#` | movies by number |
//! | `T`, `t` | a movie by its title, or a part of it, of several words or of one |
//! | `E`, `e` | the same, of everyday words |
//! | `B` | a movie by both its number and its title |
//! | `F` `Y` `N` | the signs ♥, 👍 and 👎 |
//! | `O` | the word "no", which is "in" in Portuguese |
//! | `.` | a full stop |
//! | `;`, <code>&#124;</code> | another end of a sentence, and the end of a line |
//!
//! Once no word is misplaced, each movie gets the letter of what is said about it: `M` for nothing yet, `A` for a yes,
//! `H` for the favourite, `X` for a no before the movie, `Z` for a no after it. The mark that says it becomes a blank.

use std::sync::LazyLock;

use regex::Regex;

/// Sets of letters that forms use by name.
const SETS: [(&str, &str); 9] = [
    ("<movies>", "#BTtEe"),
    ("<titles>", "TtEe"),
    ("<said>", "MAHXZ"),
    ("<glue>", "gah"),
    ("<polite>", "pcwx~"),
    ("<no>", "nozNO"),
    ("<marks>", "nozNOjrfFyY"),
    // What may be between a mark and the movie after it, and between a movie and the mark after it.
    ("<to>", "[gahlm:( ]*"),
    ("<from>", "[gahpcwx~lqdYF():\\- ]*"),
];

/// The meaning of a form.
#[derive(Clone, Copy)]
pub enum Meaning {
    /// The message is refused. The reason quotes the first group, or else the whole match.
    Refused(&'static str),
    /// The group `movie` gets this letter. The group `mark`, if there is one, becomes a blank.
    Marks(&'static str),
}

use Meaning::{Marks, Refused};

/// Forms in the order in which they are tried.
pub type Forms = LazyLock<Vec<(Regex, Meaning)>>;

fn forms(table: &[(&str, Meaning)]) -> Vec<(Regex, Meaning)> {
    table.iter().map(|(pattern, meaning)| (form(pattern), *meaning)).collect()
}

fn form(pattern: &str) -> Regex {
    let pattern = SETS.iter().fold(pattern.to_owned(), |pattern, (name, letters)| pattern.replace(name, letters));
    Regex::new(&pattern).expect("each form is a regular expression")
}

const UNCLEAR: Meaning = Refused("{} can be read in several ways");
const TIME: Meaning = Refused("{} may be a time or a count: write the number alone");
const ALSO_TITLE: Meaning = Refused("{} is also a title; use its number");
const WHICH: Meaning = Refused("unclear which movie {} refers to");
const SEVERAL: Meaning = Refused("{} may apply to one movie or to several");
const EACH: Meaning = Refused("unclear whether the no applies to {}: say no before each");

/// Forms of messages that are refused.
pub static MESSAGES: Forms = LazyLock::new(|| {
    forms(&[
        // "1. Heat", "2. and 4."; but "2. Not 3."
        (r"(#\.)[^pcwxnozObs|;.]", Refused("{} may be an ordinal")),
        // "4 No. 5"
        (r"O\.[<movies>]", Refused("{} may be a number")),
        // "no: 3", and "4" on the next line
        (r"[<no>jr]:[^|.;]*[|.;]+([<movies>])", EACH),
        // "oops, also 3"
        (r"s.*x|x.*s", Refused("unclear whether it replaces the earlier answer")),
        // "2, sorry, 4" may take the 2 back.
        (r"[<movies>].*([is]).*[<movies>]", Refused("{} between movies is ambiguous")),
    ])
});

/// Forms of sentences that are refused because a word is where it does not have its listed meaning.
pub static MISPLACED: Forms = LazyLock::new(|| {
    forms(&[
        // "2 - 4", "Alien 3", "2 to 4", "2 for 4"
        (r"[<movies>]-[<movies>]|#[()]*[<titles>]|[<titles>][()]*#|[<movies>][<glue>lmi:]+[<movies>]", UNCLEAR),
        // "Will: 2" is the line of a person called Will.
        (r"(?:^|[<glue><polite>&/brjvq,:(-]):|([<movies>]:)(?:[^<marks>]|$)", UNCLEAR),
        (r"(?:^|[^<movies>])-|(.?-)(?:[^<movies><marks>]|$)", UNCLEAR),
        // "2 friends", "2 votes"
        (r"#[lv]", UNCLEAR),
        // "let's see, 8"
        (r"^[^<movies>]*([<glue>],.?)", UNCLEAR),
        // "8 it is", "heat it is at 8"
        (r"(?:^|[^B<titles>])d|.d[^,<polite>fFyY]", UNCLEAR),
        // "both of us", "not both 2 and 4"
        (r"u(?:[^<movies>]|$)|(u[<movies>])(?:[^&]|$)|(u[<movies>]&)(?:[^<movies>]|$)|[<no>]u", UNCLEAR),
        // "8 is fine"; but "4 is my choice", "3 is not for me"
        (r"#[<glue>][<glue>&]*(?:[^<glue>&<marks>qpl]|$)", UNCLEAR),
        // "no filme 3" is Portuguese for "in film 3".
        (r"(.?m)(?:[^#B:]|$)|m:(?:[^#B]|$)|Om", UNCLEAR),
        // "rather 3"; but "rather not 3"
        (r"(.?q)(?:[^<no>q]|$)", UNCLEAR),
        // Spanish "en 5" is "in 5".
        (r"^[^<movies>]*&#", UNCLEAR),
        // "Amélie and I"
        (r"&[<glue>]*$", UNCLEAR),
        // "3 is not perfect but ok"
        (r"^b[^<no>]|b[pcx~]*$|[<no>][pc]+b|^[^<movies>]*/", UNCLEAR),
        // Wishes of others: "my friends want 3", "everyone votes 3", "der möchte 3"; and "please vote 2", "only 1 fav"
        (r"[ga]v|v+[hlb]|ah|pl|i#f|[ga]if", UNCLEAR),
        // "hi Amélie"
        (r"[cw~vs]([te])", Refused("{} may be a name; use its number")),
        // "I'll drive"; but "Drive", "I vote for Drive"
        (r"([Ee])[^,b]*[cwxvdqi]|[cwxvdqi][^,b]*([Ee])", ALSO_TITLE),
        (r"(?:^|[,b])[^,bhlfF]*(?:[gam][^,bhlfF]*([Ee])|([Ee])[^,bhlfF]*[gam])[^,bhlfF]*(?:[,b]|$)", ALSO_TITLE),
        (r"[gw]#|ga#", TIME),
        // "not only 2", "yes not 3"; but "2 yes not 3"
        (r"[i<no>][noONrj]|[yY]z|(?:^|[^<movies>])[yY][noOrj]|[yY]N|[yY][noOrj]<to>(?:[^gahlm:(<movies>]|$)", UNCLEAR),
        // "no vote for 3", "no: I want 3"
        (r"[oO][<glue>]*h|[oO]g+l|[<no>jr]l<to>[<movies>]|[<no>jr]:(?:[^<movies>]|$)", UNCLEAR),
        // "voto no 3" is Portuguese for "vote for 3".
        (r"[jr/yficwvduhaglmq]O[<movies>]", UNCLEAR),
        // "neither 3", "ni 3": the second part is missing.
        (r"(.?j.?)[^/]*$|^[^<no>r]*(r[^r]?)[^r]*$", UNCLEAR),
        // "2 no thanks 4"
        (r"z<to>[<movies>]", UNCLEAR),
        // "(2", "((2))"
        (r"^[^(]*\)|\([^)]*(?:\(|$)|\)[^(]*\)", Refused("a bracket is not closed")),
    ])
});

/// Forms with an article before a number, in a sentence without a vote: `la 8`.
pub static BARE_ARTICLES: Forms = LazyLock::new(|| forms(&[(r"^[^hfFlips<no>jr]*(a#)[^hfFlipsn]*$", TIME)]));

/// The form of a list in which each number has an article: `la 2 y la 4`.
pub static LIST_WITH_ARTICLES: LazyLock<Regex> =
    LazyLock::new(|| form(r"^(?:[^<movies>]*(?:a#|[B<titles>])){2,}[^<movies>]*$"));

/// The form of a final heart after the end of a sentence. It belongs to the only movie before it: `Amélie! ❤️`. With a
/// courtesy before it, it may mean thanks: `Thanks, 4! ❤️`.
pub static FINAL_HEART: LazyLock<Regex> = LazyLock::new(|| form(r"^[^pcwx<movies>]*[<movies>]([.;]+)F[.;]*$"));

/// The form of a mark or an "only" whose movies are missing. "No" without a colon may answer something else.
pub static HALF: LazyLock<Regex> = LazyLock::new(|| form(r"^<to>(?:[nNzjri][<glue>]*:?|[<marks>][<glue>]*:)$"));

/// Forms that mark movies, or that do not tell which one. The first that matches is applied, until none matches.
pub static MARKS: Forms = LazyLock::new(|| {
    forms(&[
        // "no 3 4 yes 1 2", "not 3 and 4 👍"; but "not 3, 4♥"
        (r"[noONjr]<to>M(?:[^b,yYfF<no>jr]*M)*?[^b,yYfF<no>jr]*(M)<from>[yYfF]", EACH),
        (r"[noONjr]<to>M[^byYfF<no>jr]*(M)<from>[yY]<to>[<said>]", EACH),
        // "1,2✅ 3,4❌"
        (r"[AHXZ] *M,Z( )", SEVERAL),
        // "2 ❤️ 4"; and "2 thanks ❤️" thanks with a heart.
        (r"[<said>]<from>([fF])<to>[<said>]|[<said>]<from>[cw~]([fF])", WHICH),
        (r"(?<movie>[MAH])[(-]?(?<mark>[fF])", Marks("H")),
        // "4 is my favourite"; but "2 and 4 are my favourites"
        (r"(?:^|[,b])[^,b<said>]*(?<movie>[MAH])<from>(?<mark>[fF])[^,b<said>]*(?:[,b]|$)", Marks("H")),
        // "fav 4, 2"; but "fav 4 and 2"
        (r"(?<mark>[fF])<to>(?<movie>[MAH])(?:[^&<said>]|$)", Marks("H")),
        (r"(?<movie>[MA])<from>(?<mark>[yY])", Marks("A")),
        (r"(?<movie>H)<from>(?<mark>[yY])", Marks("H")),
        (r"(?<mark>[yY])<to>(?<movie>[MA])", Marks("A")),
        (r"[XZ]<from>[yY]|[yY]<to>[XZ]", UNCLEAR),
        // "yes, 2 and 4": a yes next to no movie means nothing, so it becomes a `v`.
        (r"(?<movie>[yY])", Marks("v")),
        // "2 ❌ 3"
        (r"M<from>N<to>[<said>]", UNCLEAR),
        (r"(?<mark>[noONjr])<to>(?<movie>[MZ])", Marks("X")),
        // "not 3 or 4", "not 3 or not 4"
        (r"X(?<mark>/)<to>(?<movie>[MX])", Marks("X")),
        // "3 no, 4" may answer something else.
        (r"([oO]),", WHICH),
        // "2 and 3 not", "2, 3 not"
        (r"M[^,b]*M<from>([<no>])|M<from>([<no>])[^,b]*M|(?:^|[,bAHXZ])[^,b<said>]*M,M<from>([<no>])", SEVERAL),
        (r"(?<movie>[MZ])<from>(?<mark>[<no>])[<glue><polite>l) ]*(?:[,b&]|$)", Marks("Z")),
        (r"([<no>jrfF])", WHICH),
        // "not 3 4", "not 3, 4", "3 not and 4"; but "3 not, 4"
        (r"X[^b<said>]*(M)|Z[^b,<said>]*(M)|Z[^b<said>]*&[^b<said>]*(M)", EACH),
        // "2 or 4"
        (r"/", Refused("\"or\" does not choose a movie")),
    ])
});

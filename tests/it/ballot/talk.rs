//! What people say in a chat besides their votes, in the format of `corpus.txt`, on a board whose titles are everyday
//! words.

/// Number, title and original title.
pub const BOARD: [(i64, &str, Option<&str>); 34] = [
    (1, "The Matrix", None),
    (2, "Heat", None),
    (3, "Amélie", Some("Le Fabuleux Destin d'Amélie Poulain")),
    (4, "The Godfather", None),
    (5, "Spirited Away", Some("千と千尋の神隠し")),
    (6, "12 Angry Men", None),
    (7, "Alien", None),
    (8, "Parasite", None),
    (9, "The Favourite", None),
    (10, "Nope", None),
    (11, "Das Boot", None),
    (12, "No Time to Die", None),
    (13, "Only Lovers Left Alive", None),
    (14, "Yes Man", None),
    (15, "Don't Look Up", None),
    (16, "Up", None),
    (17, "The Lives of Others", Some("Das Leben der Anderen")),
    (18, "Before Sunrise", None),
    (19, "Pulp Fiction", None),
    (20, "Blade Runner 2049", None),
    (21, "The Thing", None),
    (22, "Drive", None),
    (23, "Ready Player One", None),
    (24, "Licorice Pizza", None),
    (25, "Freaky Friday", None),
    (26, "Coming to America", None),
    (27, "Us", None),
    (28, "Her", None),
    (29, "It", None),
    (30, "Taken", None),
    (31, "The Party", None),
    (32, "21", None),
    (33, "300", None),
    (34, "1917", None),
];

pub const LINES: &str = include_str!("talk.txt");

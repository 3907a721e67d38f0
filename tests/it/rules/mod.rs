//! Rules and values by themselves, without a command around them.

mod address;
mod cells;
mod clock;
mod draw;
mod evening;
mod form;
mod link;
mod matching;
mod movie_ref;
mod name;
mod redirects;
mod retry_after;
mod search;
mod spoken_time;
mod table;
mod text;
mod title;

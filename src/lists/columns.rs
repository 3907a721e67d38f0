//! Lists with columns: CSV with commas, semicolons or tabs, whose header names the columns.

use csv::{ReaderBuilder, StringRecord};

use super::text::line_at;
use super::{Format, List, ListRow, Purpose, in_line, title};
use crate::model::ImdbId;
use crate::model::text::quoted;
use crate::user_error::UserErrors;

/// The most records above the header of a list. Letterboxd's lists describe themselves first.
const MAX_ABOVE: usize = 4;

/// The indices of the columns that matter.
struct Columns {
    format: Format,
    purpose: Rule,
    count: usize,
    id: Option<usize>,
    title: Option<usize>,
    year: Option<usize>,
    kind: Option<usize>,
    episode: Option<usize>,
}

/// The rule that tells the purpose of a row.
#[derive(Clone, Copy)]
enum Rule {
    Always(Purpose),
    /// Seen if the column with this index is not empty, else wanted.
    SeenIf(usize),
    Unknown,
}

/// Reads a list. `None` if the text has no header with the columns that are needed.
///
/// # Errors
/// One error for each invalid row.
pub fn list(file: &str, text: &str) -> Option<Result<List, UserErrors>> {
    [b',', b';', b'\t'].into_iter().find_map(|delimiter| with_delimiter(file, text, delimiter))
}

/// Returns true if a line names columns: known ones, or only words without blanks. Titles have blanks after commas.
pub fn is_header(line: &str) -> bool {
    let columns: Vec<&str> = line.split([',', ';', '\t']).collect();
    let is_known = |column: &&str| NAMES.iter().any(|names| names.contains(&name(column).as_str()));
    let is_word = |column: &&str| column.starts_with(char::is_alphabetic) && !column.contains(char::is_whitespace);
    let has_id = columns.iter().any(|column| ImdbId::parse(column).is_some());
    columns.len() > 1 && !has_id && (columns.iter().any(is_known) || columns.iter().all(is_word))
}

const ID: &[&str] = &["const", "tconst", "imdbid", "imdb"];
const TITLE: &[&str] = &["title", "name", "originaltitle", "movie", "film"];
const YEAR: &[&str] = &["year", "releaseyear", "startyear", "releasedate"];
const KIND: &[&str] = &["type", "titletype", "kind"];
const NAMES: [&[&str]; 3] = [ID, TITLE, YEAR];

/// Returns the name of a column in the form that is compared.
fn name(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Columns {
    /// Finds the columns of a header. `None` if the record is no header.
    fn find(file: &str, header: &StringRecord, is_letterboxd_list: bool) -> Option<Self> {
        let names: Vec<String> = header.iter().map(name).collect();
        let place = |wanted: &str| names.iter().position(|name| name == wanted);
        let first = |wanted: &[&str]| wanted.iter().find_map(|name| place(name));
        let (id, title, year) = (first(ID), first(TITLE), first(YEAR));
        if id.is_none() && (title.is_none() || year.is_none()) {
            return None;
        }
        let file = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
        let (seen, wish) = (Rule::Always(Purpose::Seen), Rule::Always(Purpose::Wish));
        let has = |wanted: &[&str]| first(wanted).is_some();
        let (format, purpose) = if has(&["const"]) {
            let is_rated = has(&["yourrating", "yourated"]);
            let is_list = has(&["position"]) && !file.contains("rating");
            (Format::Imdb, if is_rated && !is_list { seen } else { wish })
        } else if has(&["tmdbid"]) && has(&["imdbid"]) && has(&["yourrating"]) {
            let rated = place("yourrating").map_or(wish, Rule::SeenIf);
            (Format::Tmdb, if file.contains("watchlist") { wish } else { rated })
        } else if is_letterboxd_list {
            (Format::Letterboxd, wish)
        } else if has(&["letterboxduri"]) && id.is_none() {
            let is_diary = has(&["rating", "rewatch", "watcheddate"]);
            let purpose = match () {
                () if is_diary => seen,
                () if file.contains("watchlist") => wish,
                () if file.starts_with("watched") => seen,
                () => Rule::Unknown,
            };
            (Format::Letterboxd, purpose)
        } else {
            (Format::Csv, place("watcheddate").map_or(wish, Rule::SeenIf))
        };
        let (kind, episode) = (first(KIND), place("episodenumber"));
        Some(Self { format, purpose, count: names.len(), id, title, year, kind, episode })
    }

    /// Converts a record to a row. `None` if it is empty or no movie.
    fn row(&self, record: &StringRecord, line: usize, skipped: &mut usize) -> Result<Option<ListRow>, String> {
        if record.iter().all(|field| field.trim().is_empty()) {
            return Ok(None);
        }
        if record.len() < self.count || record.iter().skip(self.count).any(|field| !field.is_empty()) {
            return Err(format!("{} columns, but the header has {}", record.len(), self.count));
        }
        let field = |place: Option<usize>| place.and_then(|place| record.get(place)).unwrap_or_default().trim();
        let text = field(self.id);
        if ImdbId::is_person(text) || !field(self.episode).is_empty() {
            *skipped += 1;
            return Ok(None);
        }
        let id = (!text.is_empty()).then(|| id(text)).transpose()?;
        let title = title(field(self.title))?;
        if id.is_none() && title.is_none() {
            return Err("neither an IMDb id nor a title".to_owned());
        }
        let purpose = match self.purpose {
            Rule::Always(purpose) => Some(purpose),
            Rule::SeenIf(place) if field(Some(place)).is_empty() => Some(Purpose::Wish),
            Rule::SeenIf(_) => Some(Purpose::Seen),
            Rule::Unknown => None,
        };
        let is_series = match name(field(self.kind)).as_str() {
            _ if self.format == Format::Letterboxd => Some(false),
            "movie" | "film" | "featurefilm" | "tvmovie" => Some(false),
            "tv" | "show" | "tvshow" | "series" | "tvseries" | "tvminiseries" => Some(true),
            _ => None,
        };
        Ok(Some(ListRow { line, purpose, id, title, year: year(field(self.year))?, is_series, raw: String::new() }))
    }
}

/// Parses an IMDb id. MovieLens writes it without `tt`.
fn id(text: &str) -> Result<ImdbId, String> {
    let id = ImdbId::parse(text).or_else(|| ImdbId::parse(&format!("tt{text}")));
    id.ok_or_else(|| format!("{} is not an IMDb id", quoted(text)))
}

/// Returns the year at the beginning of a date or of a span of years. `None` if the text is empty.
fn year(text: &str) -> Result<Option<u16>, String> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(4).collect();
    match digits.parse() {
        Ok(year) if digits.len() == 4 => Ok(Some(year)),
        _ if text.is_empty() => Ok(None),
        _ => Err(format!("{} is not a year", quoted(text))),
    }
}

fn with_delimiter(file: &str, text: &str, delimiter: u8) -> Option<Result<List, UserErrors>> {
    let mut reader = ReaderBuilder::new();
    let reader = reader.delimiter(delimiter).has_headers(false).flexible(true);
    let mut reader = reader.from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    let (mut above, mut is_letterboxd_list) = (0, false);
    let mut start = 0;
    let columns = loop {
        // Reading cannot fail: the text is in memory and UTF-8.
        if above > MAX_ABOVE || !reader.read_record(&mut record).ok()? {
            return None;
        }
        if let Some(columns) = Columns::find(file, &record, is_letterboxd_list) {
            break columns;
        }
        is_letterboxd_list |= record.iter().take(4).eq(["Date", "Name", "Tags", "URL"]);
        start = reader.position().byte() as usize;
        above += 1;
    };
    let end = |reader: &csv::Reader<&[u8]>| (reader.position().byte() as usize).min(text.len());
    // The rows are written with this header later. A Letterboxd list is recognized only by everything above its rows.
    let header = text[if is_letterboxd_list { 0 } else { start }..end(&reader)].trim_matches(['\r', '\n']).to_owned();
    let header = if is_letterboxd_list && text.starts_with(['\r', '\n']) { format!("\n{header}") } else { header };
    let (mut rows, mut failures, mut skipped) = (Vec::new(), Vec::new(), 0);
    let mut from = end(&reader);
    let mut next_line = line_at(text, from);
    while reader.read_record(&mut record).ok()? {
        let raw = &text[from..end(&reader)];
        from = end(&reader);
        let blank = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let line = next_line + raw[..blank].matches('\n').count();
        next_line += raw.matches('\n').count();
        let raw = raw.trim_matches(['\r', '\n']);
        let is_open = from == text.len() && raw.contains('\n') && raw.matches('"').count() % 2 == 1;
        let row = match is_open {
            true => Err("unclosed quote".to_owned()),
            false => columns.row(&record, line, &mut skipped),
        };
        match row {
            Ok(row) => rows.extend(row.map(|row| match row.id {
                Some(_) => row,
                None => ListRow { raw: raw.to_owned(), ..row },
            })),
            Err(why) => failures.push(in_line(file, line, why).hint("fix that line, or export the list again")),
        }
    }
    Some(match failures.is_empty() {
        true => Ok(List { file: file.to_owned(), format: columns.format, header, rows, skipped }),
        false => Err(UserErrors(failures)),
    })
}

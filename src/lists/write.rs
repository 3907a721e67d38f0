//! Rows of lists in the forms in which they came.

use super::{Format, List, ListRow};

/// The rows of lists that a condition selects, in the form in which they came where all have one, otherwise as CSV with title
/// and year.
pub fn rows(lists: &[List], is_wanted: impl Fn(&ListRow) -> bool) -> String {
    let wanted = |list: &List| list.rows.iter().filter(|row| is_wanted(row)).cloned().collect::<Vec<_>>();
    let lists: Vec<(&List, Vec<ListRow>)> =
        lists.iter().map(|list| (list, wanted(list))).filter(|(_, rows)| !rows.is_empty()).collect();
    let Some((first, _)) = lists.first() else { return String::new() };
    let rows = || lists.iter().flat_map(|(_, rows)| rows);
    let is_alike = lists.iter().all(|(list, _)| (list.format, &list.header) == (first.format, &first.header));
    let raw: Vec<&str> = rows().map(|row| row.raw.as_str()).collect();
    match first.format {
        _ if !is_alike => csv(["title", "year"], rows().map(|row| [title(row), year(row)])),
        Format::Trakt | Format::Radarr => format!("[{}]\n", raw.join(",\n")),
        _ if first.header.is_empty() => raw.join("\n") + "\n",
        _ => format!("{}\n{}\n", first.header, raw.join("\n")),
    }
}

fn title(row: &ListRow) -> String {
    row.title.clone().unwrap_or_default()
}

fn year(row: &ListRow) -> String {
    row.year.map(|year| year.to_string()).unwrap_or_default()
}

/// CSV with a header.
pub fn csv<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(header);
    for row in rows {
        written = written.and_then(|()| writer.write_record(row));
    }
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).expect("memory takes every record");
    String::from_utf8(bytes).expect("all fields are UTF-8")
}

/// Largest file that Letterboxd takes, in bytes.
const MAX_LETTERBOXD: usize = 1_000_000;

/// Watched movies (id, title, year, day) by Letterboxd's import form, in files of at most the size that it takes.
pub fn letterboxd(rows: &[[String; 4]]) -> Vec<String> {
    let text = csv(["imdbID", "Title", "Year", "WatchedDate"], rows.iter().cloned());
    match rows.len() {
        2.. if text.len() > MAX_LETTERBOXD => {
            let (first, second) = rows.split_at(rows.len() / 2);
            [letterboxd(first), letterboxd(second)].concat()
        }
        _ => vec![text],
    }
}

//! Writing rows of lists in the form in which they were read.

use super::{Format, List, ListRow};

/// Writes the rows for which `is_wanted` is true: in the form of the lists if all have the same form, otherwise as CSV
/// with title and year.
pub fn rows(lists: &[List], is_wanted: impl Fn(&ListRow) -> bool) -> String {
    let wanted = |list: &List| list.rows.iter().filter(|row| is_wanted(row)).cloned().collect::<Vec<_>>();
    let lists: Vec<(&List, Vec<ListRow>)> =
        lists.iter().map(|list| (list, wanted(list))).filter(|(_, rows)| !rows.is_empty()).collect();
    let Some((first, _)) = lists.first() else { return String::new() };
    let rows = || lists.iter().flat_map(|(_, rows)| rows);
    let is_alike = lists.iter().all(|(list, _)| (list.format, &list.header) == (first.format, &first.header));
    let raw: Vec<&str> = rows().map(|row| row.raw.as_str()).collect();
    match first.format {
        _ if !is_alike => csv("title,year", rows().map(|row| [text(row.title.as_ref()), text(row.year)])),
        Format::Trakt | Format::Radarr => format!("[{}]\n", raw.join(",\n")),
        _ if first.header.is_empty() => raw.join("\n") + "\n",
        _ => format!("{}\n{}\n", first.header, raw.join("\n")),
    }
}

/// Returns a field. Empty if there is no value.
pub fn text(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Writes CSV. The names in the header are separated by commas.
pub fn csv<const N: usize>(header: &str, rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut written = writer.write_record(header.split(','));
    for row in rows {
        written = written.and_then(|()| writer.write_record(row));
    }
    let bytes = written.ok().and_then(|()| writer.into_inner().ok()).expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("all fields are UTF-8")
}

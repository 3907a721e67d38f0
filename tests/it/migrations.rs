//! Two sets of migrations lead to the same tables and columns.

use std::collections::BTreeSet;

use crate::support::{Friends, postgres};

#[test]
fn both_stores_have_the_same_tables_and_columns() {
    let Some(server) = postgres::server() else { return };
    let mut friends = Friends::offline().in_file();
    friends.run("propose tt0000012").ok();
    let sqlite: String = friends.sql(
        "SELECT group_concat(t.name || '.' || c.name, ' ') FROM pragma_table_list t, pragma_table_info(t.name) c
         WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%'",
    );
    let board = postgres::new_board();
    friends.set("MOVIENIGHT_DB", server.address("owner", &board));
    friends.run("propose tt0000012").ok();
    let postgres = server.sql(&format!(
        "SELECT string_agg(table_name || '.' || column_name, ' ') FROM information_schema.columns
         WHERE table_schema = '{board}'"
    ));
    let set = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(set(&sqlite).contains("votes.favorite"));
    assert_eq!(set(&sqlite), set(&postgres));
}

//! Tells cargo to look at the folders of migrations: the macro that embeds the files does not.

fn main() {
    println!("cargo::rerun-if-changed=migrations/sqlite");
    println!("cargo::rerun-if-changed=migrations/postgres");
}

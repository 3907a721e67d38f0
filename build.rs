//! Tells cargo to look at `migrations/`: the macro that embeds the files does not.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}

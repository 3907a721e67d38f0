# Lists the recipes.
default:
    @just --list

# Formats the code.
fmt:
    cargo fmt

# Checks format, lints and documentation, with and without the optional features, and that the fuzz targets compile.
lint:
    cargo fmt --check
    cargo clippy --locked --all-targets -- -D warnings
    cargo clippy --locked --all-targets --no-default-features -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --locked --no-deps
    cargo check --locked --manifest-path fuzz/Cargo.toml

# Runs the tests, or those whose name contains NAME.
test NAME="":
    cargo test --locked {{NAME}}

# Runs the tests on PostgreSQL, on servers that they start.
test-pg NAME="":
    MOVIENIGHT_TEST_STORE=postgres MOVIENIGHT_TEST_POSTGRES=required cargo test --locked --test it {{NAME}}

# Runs the tests that take minutes.
test-long:
    cargo test --locked -- --ignored

# Rewrites the sessions in the documents, the completions and the snapshots to match the program.
bless:
    INSTA_UPDATE=always MOVIENIGHT_BLESS=1 cargo test --locked --test it -- readme:: generated:: snapshots::

# Measures boards and refreshes.
bench:
    cargo bench --locked

# Checks everything that a release needs.
ci:
    .ci/run

# Lists the files of the crate, and packages it.
package:
    cargo package --locked --list
    cargo package --locked

# Builds a Debian package.
deb:
    .ci/package

# Builds an archive of the program, manual pages, completions, documents and licences, with its checksum.
release-archive:
    .ci/package --archive

# Checks that builds in different folders give the same bytes.
reproducible:
    .ci/reproducible

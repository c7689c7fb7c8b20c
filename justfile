# Run `just` for the list.

default:
    @just --list

# What CI runs: format, lint, docs, the main job, tests.
ready:
    .ci/run

# The tests, as the README says.
test:
    cargo test --workspace

# The linters.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --all-features -- -D warnings

# Accept changed snapshots and expected files of the examples.
bless:
    HUSAKO_BLESS=1 INSTA_UPDATE=always cargo test --workspace

# The headline jobs, beside their physical limits.
bench:
    cargo run --release -p husako-bench

# Licences, advisories and sources of the dependencies (needs `cargo install cargo-deny`).
deny:
    cargo deny check

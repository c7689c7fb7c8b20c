//! The whole output for small models.

use std::fmt::Write as _;

use crate::support::fixtures;
use crate::support::generate;

fn output(mut model: husako_schema::SchemaModel, wanted: impl Fn(&str) -> bool) -> String {
    let (_, files) = generate(&mut model);
    let mut output = String::new();
    for file in files.iter().filter(|file| wanted(&file.path)) {
        let _ = writeln!(output, "==> {} <==\n{}", file.path, file.contents);
    }
    output
}

#[test]
fn server() {
    insta::assert_snapshot!(output(fixtures::server(), |_| true));
}

#[test]
fn custom_resources() {
    insta::assert_snapshot!(output(fixtures::custom_resources(), |path| path.contains("example")));
}

#[test]
fn chart() {
    insta::assert_snapshot!(output(fixtures::chart(), |_| true));
}

#[test]
fn hostile() {
    insta::assert_snapshot!(output(fixtures::hostile(), |_| true));
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let once = output(fixtures::custom_resources(), |_| true);
    let again = output(fixtures::custom_resources(), |_| true);
    assert_eq!(once, again);
    assert!(!once.contains('\r'));
}

use husako_diagnostics::list;
use husako_value::Value;

use super::Rule;
use super::checker::Checker;
use super::path::At;
use crate::compiled::{Composition, Node};

impl<'a> Checker<'a> {
    pub(super) fn composition(&mut self, composition: &'a Composition, value: &Value, at: &At<'_>) {
        for member in &composition.all_of {
            self.within_composition(|checker| checker.check(member, value, at));
        }
        self.any_of(&composition.any_of, value, at);
        self.one_of(&composition.one_of, value, at);
        if let Some(not) = &composition.not
            && self.satisfies(not, value)
        {
            self.report(at, Rule::Composition, || match only_required(not) {
                Some([name]) => format!("`{name}` must not be set"),
                Some(names) => format!("{} must not be set together", listed(names)),
                None => "the value is one that is not allowed".to_owned(),
            });
        }
        if let Some((condition, then, otherwise)) = &composition.condition {
            let branch = if self.satisfies(condition, value) { then } else { otherwise };
            if let Some(branch) = branch {
                self.within_composition(|checker| checker.check(branch, value, at));
            }
        }
    }

    fn any_of(&mut self, branches: &'a [Node], value: &Value, at: &At<'_>) {
        if !branches.is_empty() && !branches.iter().any(|branch| self.satisfies(branch, value)) {
            self.report(at, Rule::Composition, || none_of(branches));
        }
    }

    fn one_of(&mut self, branches: &'a [Node], value: &Value, at: &At<'_>) {
        if branches.is_empty() {
            return;
        }
        let mut satisfied = branches.iter().filter(|branch| self.satisfies(branch, value));
        let found = (satisfied.next(), satisfied.next());
        match found {
            (None, _) => self.report(at, Rule::Composition, || none_of(branches)),
            (Some(_), None) => {}
            (Some(first), Some(second)) => self.report(at, Rule::Composition, || {
                match (only_required(first), only_required(second)) {
                    (Some([a]), Some([b])) => format!("only one of `{a}` and `{b}` can be set"),
                    _ => format!("more than one of {} alternatives fits", branches.len()),
                }
            }),
        }
    }
}

fn none_of(branches: &[Node]) -> String {
    let names: Option<Vec<&str>> = branches
        .iter()
        .map(|branch| match only_required(branch) {
            Some([name]) => Some(&**name),
            _ => None,
        })
        .collect();
    match names.as_deref() {
        Some([name]) => format!("`{name}` must be set"),
        Some(names) => format!("one of {} must be set", list(names.iter().copied(), usize::MAX)),
        None => format!("none of {} alternatives fits", branches.len()),
    }
}

/// The required fields of a schema that asks for nothing else.
fn only_required(node: &Node) -> Option<&[compact_str::CompactString]> {
    let object = node.object.as_deref()?;
    let nothing_else = node.reference.is_none()
        && node.array.is_none()
        && node.rest.is_none()
        && object.values.is_none()
        && object.properties.iter().all(|(_, node)| *node == Node::default());
    (nothing_else && !object.required.is_empty()).then_some(&object.required)
}

fn listed(names: &[compact_str::CompactString]) -> String {
    list(names.iter().map(|name| &**name), usize::MAX)
}

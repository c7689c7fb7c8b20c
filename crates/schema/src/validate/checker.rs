use husako_diagnostics::plural;
use husako_value::Value;

use super::path::At;
use super::{MAX_VIOLATIONS, Numbers, Rule, Violation, scalar};
use crate::compiled::{Dialect, Flags, Node, Special, TypeId};
use crate::store::Store;

/// How many values, and references between them, the walk goes deep. Documents are bounded far
/// below; this keeps the stack safe whatever they are.
const MAX_DEPTH: u32 = 400;

/// The walk over one document.
pub(super) struct Checker<'a> {
    pub(super) store: &'a Store,
    pub(super) numbers: Numbers,
    pub(super) dialect: Dialect,
    pub(super) extent: Extent,
    /// Whether this is within an alternative or a condition, which constrains fields but does not
    /// say which there are.
    pub(super) composed: bool,
    /// Whether the value that is checked next keeps any field.
    pub(super) open: bool,
    findings: Findings,
    depth: u32,
}

/// What is asked of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All that is known.
    Full,
    /// Only that it can be decoded: a server drops the status that a client sends before it
    /// validates.
    Decoded,
    /// Only which fields there are.
    Fields,
}

enum Findings {
    Listed {
        violations: Vec<Violation>,
        /// How many were found after the list was full.
        more: usize,
    },
    /// Only whether there is any.
    Any(bool),
}

impl<'a> Checker<'a> {
    pub(super) fn new(store: &'a Store, numbers: Numbers) -> Self {
        Self {
            store,
            numbers,
            dialect: Dialect::Custom,
            extent: Extent::Full,
            composed: false,
            open: false,
            findings: Findings::Listed { violations: Vec::new(), more: 0 },
            depth: 0,
        }
    }

    pub(super) fn finish(self) -> Vec<Violation> {
        match self.findings {
            Findings::Any(_) => Vec::new(),
            Findings::Listed { mut violations, more } => {
                if more > 0 {
                    let noun = plural(more, "violation", "violations");
                    violations.push(Violation {
                        path: At::DOCUMENT.path(),
                        rule: Rule::More,
                        message: format!("{more} more {noun}"),
                    });
                }
                violations
            }
        }
    }

    /// Notes a violation. The message is made only where it will be read.
    pub(super) fn report(&mut self, at: &At<'_>, rule: Rule, message: impl FnOnce() -> String) {
        match &mut self.findings {
            Findings::Any(any) => *any = true,
            Findings::Listed { violations, more } if violations.len() >= MAX_VIOLATIONS => {
                *more += 1;
            }
            Findings::Listed { violations, .. } => {
                violations.push(Violation { path: at.path(), rule, message: message() });
            }
        }
    }

    /// Whether `value` satisfies `node`, as one of several alternatives.
    pub(super) fn satisfies(&mut self, node: &'a Node, value: &Value) -> bool {
        let findings = std::mem::replace(&mut self.findings, Findings::Any(false));
        self.within_composition(|checker| checker.check(node, value, &At::DOCUMENT));
        let probed = std::mem::replace(&mut self.findings, findings);
        matches!(probed, Findings::Any(false))
    }

    pub(super) fn within_composition(&mut self, check: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.composed, true);
        check(self);
        self.composed = outer;
    }

    pub(super) fn with_extent(&mut self, extent: Extent, check: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.extent, extent);
        check(self);
        self.extent = outer;
    }

    /// Whether the value that is being looked at is the document itself.
    pub(super) fn is_document(&self) -> bool {
        self.depth == 1 && !self.composed
    }

    pub(super) fn is_full(&self) -> bool {
        self.extent == Extent::Full
    }

    /// Checks a value against a named schema, by the rules of that schema.
    pub(super) fn check_type(&mut self, id: TypeId, value: &Value, at: &At<'_>) {
        let Some(of) = self.store.get(id) else {
            let name = self.store.type_name(id).unwrap_or_default();
            self.report(at, Rule::UnknownKind, || format!("cannot read the schema `{name}`"));
            return;
        };
        let outer = std::mem::replace(&mut self.dialect, of.dialect);
        match of.special {
            None => self.check(&of.node, value, at),
            Some(_) if *value == Value::Null || self.extent == Extent::Fields => {}
            Some(Special::Quantity) => self.quantity(value, at),
            Some(Special::Time) => self.time(value, at, scalar::TimeForm::Any),
            Some(Special::MicroTime) => self.time(value, at, scalar::TimeForm::Micro),
        }
        self.dialect = outer;
    }

    /// Checks a value against all that a schema says.
    pub(super) fn check(&mut self, node: &'a Node, value: &Value, at: &At<'_>) {
        let failed = matches!(self.findings, Findings::Any(true));
        if failed || self.depth >= MAX_DEPTH {
            return;
        }
        if *value == Value::Null
            && (self.dialect == Dialect::BuiltIn || node.flags.has(Flags::NULLABLE))
        {
            return;
        }
        self.depth += 1;
        let open = self.open || node.flags.has(Flags::OPEN);
        if let Some(id) = node.reference {
            self.open = open;
            self.check_type(id, value, at);
        }
        self.open = false;
        if self.has_type(node, value, at) {
            match value {
                Value::Object(map) => self.object(node, map, open, at),
                Value::Array(items) => self.list(node, items, at),
                Value::String(text) => self.text(node, text, at),
                Value::Number(number) => self.number(node, *number, at),
                Value::Bool(_) | Value::Null => {}
            }
            if let Some(rest) = node.rest.as_deref().filter(|_| self.extent == Extent::Full) {
                if let Some(enumeration) = &rest.enumeration {
                    self.enumeration(enumeration, value, at);
                }
                if let Some(composition) = &rest.composition {
                    self.composition(composition, value, at);
                }
            }
        }
        self.depth -= 1;
    }
}

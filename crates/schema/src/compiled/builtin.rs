//! What a server's Go types are to their published schemas.
//!
//! OpenAPI calls a field required where Go always writes it, and gives it the zero value of its
//! Go type as default. Neither says whether a server refuses a document without it. What follows
//! was seen on a server, and is only as complete as what was tried; where it is in doubt, the
//! field may be left out.

use std::collections::HashMap;

use husako_value::Value;

use super::Special;
use crate::{Schema, SchemaModel};

/// Fields that are required by the schema only: type and property. The server fills them in, or
/// takes the zero value.
const FILLED_IN: &[(&str, &str)] = &[
    ("CSIDriver", "spec"),
    ("CSINode", "spec"),
    ("CSINodeSpec", "drivers"),
    ("ControllerRevision", "revision"),
    ("Counter", "value"),
    ("CustomResourceDefinitionVersion", "served"),
    ("CustomResourceDefinitionVersion", "storage"),
    ("DeviceCapacity", "value"),
    ("DeviceClass", "spec"),
    ("EndpointSlice", "endpoints"),
    ("Event", "involvedObject"),
    ("Event", "metadata"),
    ("HTTPHeader", "value"),
    ("ISCSIPersistentVolumeSource", "lun"),
    ("ISCSIVolumeSource", "lun"),
    ("LimitRangeSpec", "limits"),
    ("NetworkPolicySpec", "podSelector"),
    ("PodFailurePolicy", "rules"),
    ("PreferredSchedulingTerm", "preference"),
    ("PriorityClass", "value"),
    ("ResourceClaim", "spec"),
    ("ResourceClaimTemplate", "spec"),
    ("ResourceClaimTemplateSpec", "spec"),
    ("ResourcePool", "generation"),
    ("RoleRef", "apiGroup"),
    ("SleepAction", "seconds"),
    ("Sysctl", "value"),
    ("TokenRequest", "audience"),
];

/// What is checked of a built-in type instead of its schema.
pub(super) fn special(name: &str) -> Option<Special> {
    match name.strip_prefix("io.k8s.apimachinery.pkg.")? {
        "api.resource.Quantity" => Some(Special::Quantity),
        "apis.meta.v1.Time" => Some(Special::Time),
        "apis.meta.v1.MicroTime" => Some(Special::MicroTime),
        _ => None,
    }
}

/// The fields without which a server refuses objects of a built-in type.
pub(super) struct Required<'a> {
    model: &'a SchemaModel,
    /// Whether an empty object of a type is refused; absent while that is being found out.
    refused: HashMap<&'a str, bool>,
}

impl<'a> Required<'a> {
    pub(super) fn new(model: &'a SchemaModel) -> Self {
        Self { model, refused: HashMap::new() }
    }

    /// The fields of the objects of `schema`, named `name`. Beside those that it requires these
    /// are objects that Go has even where the document does not, and that are refused empty.
    pub(super) fn fields(&mut self, name: &str, schema: &'a Schema) -> Vec<&'a str> {
        let Some(object) = &schema.object else { return Vec::new() };
        let kind = name.rsplit('.').next().unwrap_or(name);
        // Lists of objects are taken apart by clients, not sent.
        let is_list = object.properties.contains_key("items");
        let mut fields: Vec<&str> = object
            .required
            .iter()
            .map(|field| &**field)
            .filter(|field| !(FILLED_IN.contains(&(kind, field)) || is_list && *field == "items"))
            .collect();
        for (field, property) in schema.properties() {
            if !fields.contains(&field)
                && !FILLED_IN.contains(&(kind, field))
                && field != "status"
                && property.default.as_deref().is_some_and(is_empty_object)
                && property.reference.as_deref().is_some_and(|name| self.refuses_empty(name))
            {
                fields.push(field);
            }
        }
        fields
    }

    fn refuses_empty(&mut self, name: &str) -> bool {
        if let Some(known) = self.refused.get(name) {
            return *known;
        }
        let Some((name, schema)) = self.model.schemas.get_key_value(name) else { return false };
        // A type within itself does not make itself required.
        self.refused.insert(name, false);
        let refused = !self.fields(name, schema).is_empty();
        self.refused.insert(name, refused);
        refused
    }
}

fn is_empty_object(value: &Value) -> bool {
    value.as_object().is_some_and(husako_value::Map::is_empty)
}

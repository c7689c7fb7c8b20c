//! Where a kind has the containers of its pods.

use crate::model::{Schema, SchemaModel, SchemaName};

/// Where the documents of a kind carry the specification of pods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTemplate {
    /// The properties from the document to the object that has `containers`.
    pub path: Vec<Box<str>>,
    /// The schema of one container.
    pub container: SchemaName,
}

/// The places where pods are specified, the outermost first: of a pod, of what makes pods from a
/// template, and of what makes such objects on a schedule.
const PATHS: [&[&str]; 3] = [
    &["spec"],
    &["spec", "template", "spec"],
    &["spec", "jobTemplate", "spec", "template", "spec"],
];

/// The pod template of the kind that `document` is the schema of, where it has one.
#[must_use]
pub fn pod_template(model: &SchemaModel, document: &Schema) -> Option<PodTemplate> {
    PATHS.iter().find_map(|path| {
        let pod_spec = path.iter().try_fold(document, |schema, key| {
            model.schemas.get(schema.property(key)?.reference.as_ref()?)
        })?;
        let container = pod_spec.property("containers")?.items()?.reference.as_ref()?;
        let path = path.iter().map(|&key| key.into()).collect();
        Some(PodTemplate { path, container: SchemaName::clone(container) })
    })
}

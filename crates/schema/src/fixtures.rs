//! A small model for tests: some of a built-in group, and a definition.

use crate::{Layout, SchemaModel, crd, layout, openapi};

const BUILT_IN: &str = r##"{
  "components": { "schemas": {
    "io.k8s.api.apps.v1.Deployment": {
      "type": "object",
      "description": "Words that the store leaves out.",
      "properties": {
        "apiVersion": { "type": "string" },
        "kind": { "type": "string" },
        "metadata": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta" }] },
        "spec": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.api.apps.v1.DeploymentSpec" }] },
        "status": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.api.apps.v1.DeploymentStatus" }] }
      },
      "x-kubernetes-group-version-kind": [{ "group": "apps", "version": "v1", "kind": "Deployment" }]
    },
    "io.k8s.api.apps.v1.DeploymentSpec": {
      "type": "object",
      "required": ["template"],
      "properties": {
        "replicas": { "type": "integer", "format": "int32" },
        "paused": { "type": "boolean" },
        "maxSurge": { "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString" },
        "template": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.api.core.v1.PodTemplateSpec" }] }
      }
    },
    "io.k8s.api.apps.v1.DeploymentStatus": {
      "type": "object",
      "required": ["observed"],
      "properties": { "observed": { "type": "integer" } }
    },
    "io.k8s.api.core.v1.PodTemplateSpec": {
      "type": "object",
      "properties": {
        "metadata": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta" }] },
        "spec": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.api.core.v1.PodSpec" }] }
      }
    },
    "io.k8s.api.core.v1.PodSpec": {
      "type": "object",
      "required": ["containers"],
      "properties": {
        "containers": {
          "type": "array",
          "items": { "default": {}, "allOf": [{ "$ref": "#/components/schemas/io.k8s.api.core.v1.Container" }] },
          "x-kubernetes-list-type": "map",
          "x-kubernetes-list-map-keys": ["name"]
        },
        "nodeSelector": { "type": "object", "additionalProperties": { "type": "string", "default": "" } },
        "restartPolicy": { "type": "string", "enum": ["Always", "Never", "OnFailure"] }
      }
    },
    "io.k8s.api.core.v1.Container": {
      "type": "object",
      "required": ["name"],
      "properties": {
        "name": { "type": "string", "default": "" },
        "image": { "type": "string" },
        "ca": { "type": "string", "format": "byte" },
        "limits": { "type": "object", "additionalProperties": { "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity" } }
      }
    },
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {
      "oneOf": [{ "type": "string" }, { "type": "number" }]
    },
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": {
      "format": "int-or-string", "oneOf": [{ "type": "integer" }, { "type": "string" }]
    },
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": { "type": "string", "format": "date-time" },
    "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta": {
      "type": "object",
      "properties": {
        "name": { "type": "string" },
        "creationTimestamp": { "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Time" },
        "labels": { "type": "object", "additionalProperties": { "type": "string", "default": "" } },
        "fields": { "type": "object" }
      }
    },
    "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions": {
      "type": "object",
      "properties": { "apiVersion": { "type": "string" }, "kind": { "type": "string" }, "dryRun": { "type": "boolean" } },
      "x-kubernetes-group-version-kind": [
        { "group": "", "version": "v1", "kind": "DeleteOptions" },
        { "group": "apps", "version": "v1", "kind": "DeleteOptions" }
      ]
    }
  } },
  "openapi": "3.0.0",
  "paths": {}
}"##;

const DEFINITION: &str = r"
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  names: {kind: Widget, plural: widgets}
  scope: Namespaced
  versions:
  - name: v1
    served: true
    storage: true
    deprecated: true
    deprecationWarning: use v2
    schema:
      openAPIV3Schema:
        type: object
        required: [spec]
        properties:
          status: {type: object, required: [phase], properties: {phase: {type: string}}}
          spec:
            type: object
            required: [size, mode]
            properties:
              size: {type: string, minLength: 1, maxLength: 3, pattern: '^[a-z]+$'}
              mode: {type: string, enum: [fast, slow], default: fast}
              count: {type: integer, format: int32, minimum: 1, maximum: 5, exclusiveMaximum: true, multipleOf: 2}
              ratio: {type: number, multipleOf: 0.1}
              maybe: {type: string, nullable: true}
              port: {x-kubernetes-int-or-string: true}
              cpu:
                x-kubernetes-int-or-string: true
                anyOf: [{type: integer}, {type: string}]
                pattern: '^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$'
              when: {type: string, format: date-time}
              anything: {x-kubernetes-preserve-unknown-fields: true}
              nothing: {type: object}
              open:
                type: object
                x-kubernetes-preserve-unknown-fields: true
                properties: {closed: {type: object, properties: {a: {type: string}}}}
              loose: {type: array, x-kubernetes-preserve-unknown-fields: true, items: {type: object, properties: {a: {type: string}}}}
              tags: {type: array, x-kubernetes-list-type: set, minItems: 1, maxItems: 3, items: {type: string}}
              ports:
                type: array
                x-kubernetes-list-type: map
                x-kubernetes-list-map-keys: [port, protocol]
                items:
                  type: object
                  required: [port]
                  properties: {port: {type: integer}, protocol: {type: string, default: TCP}}
              labels: {type: object, maxProperties: 2, additionalProperties: {type: string}}
              source:
                type: object
                properties: {git: {type: string}, oci: {type: string}, rest: {type: string}}
                oneOf: [{required: [git]}, {required: [oci]}]
                not: {required: [rest]}
              either:
                type: object
                properties: {a: {type: integer}, b: {type: integer}}
                anyOf: [{properties: {a: {minimum: 3}}, required: [a]}, {required: [b]}]
              manifest:
                type: object
                x-kubernetes-embedded-resource: true
                x-kubernetes-preserve-unknown-fields: true
";

/// The model, hoisted, and its layout.
pub(crate) fn model() -> (SchemaModel, Layout) {
    let mut model = openapi::parse_documents(&[("apps/v1", BUILT_IN)]).unwrap().model;
    let documents = husako_yaml::parse(DEFINITION, &husako_yaml::Limits::default()).unwrap();
    let set = crd::parse("widgets.yaml", documents.into_iter().map(|item| item.value)).unwrap();
    let parsed = crd::assemble([set]);
    assert_eq!(parsed.warnings, []);
    model.merge(parsed.model, "widgets.yaml");
    layout::hoist(&mut model);
    let layout = Layout::new(&model);
    (model, layout)
}

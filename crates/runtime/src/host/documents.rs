//! What a program hands over: its documents.

use husako_value::Value;
use rquickjs::atom::PredefinedAtom;
use rquickjs::{Ctx, Error, Exception, Object, Result};

use crate::ContractError;
use crate::capture::{Capture, Failure, display};
use crate::exception::{current_frames, describe, thrown};
use crate::session::Session;

const RESOURCE_HINT: &str =
    "a resource is a builder of a kind, or an object with `apiVersion` and `kind`";

/// The function `build`.
pub(super) fn build<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    resources: &rquickjs::Value<'js>,
) -> Result<()> {
    let count = session.builds.get() + 1;
    session.builds.set(count);
    if count > 1 {
        return Err(breach(
            ctx,
            session,
            ContractError::BuiltTwice { frames: current_frames(ctx) },
        ));
    }
    take_documents(ctx, session, resources)
}

/// Takes a resource or an array of resources.
pub(crate) fn take_documents<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    resources: &rquickjs::Value<'js>,
) -> Result<()> {
    let Some(object) = resources.as_object() else {
        let message =
            format!("expected a resource or an array of resources, got `{}`", describe(resources));
        return Err(refuse(ctx, session, None, "$".to_owned(), message, Some(RESOURCE_HINT)));
    };
    let builders = session.builders(ctx)?;
    let mut capture = Capture::new(&builders, &session.watch, session.heap);
    if !object.is_array() {
        return take(ctx, session, &mut capture, 0, resources);
    }
    let list: &Object<'js> = object;
    let length: f64 = list.get(PredefinedAtom::Length)?;
    let mut index: u32 = 0;
    while f64::from(index) < length {
        let resource = list.get(index)?;
        take(ctx, session, &mut capture, index, &resource)?;
        index += 1;
    }
    Ok(())
}

fn take<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    capture: &mut Capture<'_, 'js>,
    index: u32,
    resource: &rquickjs::Value<'js>,
) -> Result<()> {
    let document = capture.document(resource.clone()).map_err(|failure| {
        let failure = session.explain(capture, resource, failure);
        refused(ctx, session, index, failure)
    })?;
    if let Some(message) = not_a_resource(&document) {
        return Err(refuse(
            ctx,
            session,
            Some(index),
            "$".to_owned(),
            message,
            Some(RESOURCE_HINT),
        ));
    }
    session.documents.borrow_mut().push(document);
    Ok(())
}

/// What keeps a document from being a resource.
fn not_a_resource(document: &Value) -> Option<String> {
    let Value::Object(map) = document else {
        return Some(format!("expected a resource, got a value of type {}", document.type_name()));
    };
    ["apiVersion", "kind"].into_iter().find_map(|field| match map.get(field) {
        None => Some(format!("expected a resource, but it has no `{field}`")),
        Some(Value::String(text)) if !text.is_empty() => None,
        Some(_) => Some(format!("expected a resource, but its `{field}` does not name one")),
    })
}

fn refused(ctx: &Ctx<'_>, session: &Session, index: u32, failure: Failure) -> Error {
    match failure {
        Failure::Refused(refusal) => {
            let path = display(&refusal.path());
            refuse(ctx, session, Some(index), path, refusal.message(), refusal.hint)
        }
        Failure::Engine { error: Error::Exception, mut steps } => {
            let value = ctx.catch();
            // Without steps it is a builder of the program's own that threw.
            if session.limit().is_some() || steps.is_empty() {
                return ctx.throw(value);
            }
            steps.reverse();
            let message = format!("reading it failed: {}", thrown(ctx, &value));
            refuse(ctx, session, Some(index), display(&steps), message, None)
        }
        Failure::Engine { error, .. } => error,
        Failure::Limit(_) => Exception::throw_internal(ctx, "interrupted"),
    }
}

fn refuse(
    ctx: &Ctx<'_>,
    session: &Session,
    document: Option<u32>,
    path: String,
    message: String,
    hint: Option<&'static str>,
) -> Error {
    let frames = current_frames(ctx);
    breach(ctx, session, ContractError::Value { document, path, message, hint, frames })
}

/// Notes a breach of the contract, and stops the program.
fn breach(ctx: &Ctx<'_>, session: &Session, error: ContractError) -> Error {
    let message = error.to_string();
    session.contract.borrow_mut().get_or_insert(error);
    Exception::throw_type(ctx, &message)
}

//! Kinds and nested objects, as the builders want to know them.

use rquickjs::object::Filter;
use rquickjs::{Ctx, Exception, Object, Result};

use crate::session::Session;

/// Names that are no methods of a builder, because they mean something to the engine.
const NO_METHODS: [&str; 2] = ["then", "toJSON"];
/// Names that on the builder of a resource mean the resource, whatever its spec has.
const OF_RESOURCE: [&str; 6] = ["apiVersion", "kind", "metadata", "spec", "status", "set"];

/// What the factory makes, with the names of the methods that its builders have.
pub(super) fn describe<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    module: &str,
    name: &str,
) -> Result<Object<'js>> {
    let Some(mut description) = session.loader.factory(module, name) else {
        return Err(Exception::throw_type(ctx, &format!("`{module}` has no factory `{name}`")));
    };
    let object = Object::new(ctx.clone())?;
    description.properties.retain(is_method);
    if let Some((api_version, kind)) = description.kind {
        object.set("apiVersion", api_version)?;
        object.set("kind", kind)?;
        let mut spec = description.spec.unwrap_or_default();
        spec.retain(|name| is_method(name) && !OF_RESOURCE.contains(&name.as_str()));
        description
            .properties
            .retain(|name| !OF_RESOURCE.contains(&name.as_str()) && !spec.contains(name));
        object.set("spec", spec)?;
        if let Some(path) = description.pod_spec.filter(|path| !path.is_empty()) {
            object.set("podSpec", path)?;
        }
    }
    object.set("fields", description.properties)?;
    Ok(object)
}

fn is_method(name: &String) -> bool {
    // The builders' own methods, and what they keep, begin with an underscore.
    (!name.starts_with('_') || name == "__proto__") && !NO_METHODS.contains(&name.as_str())
}

/// Fails because a method was called that the builder does not have.
pub(super) fn unknown<'js>(ctx: &Ctx<'js>, builder: &Object<'js>, name: &str) -> Result<()> {
    let mut names: Vec<String> = Vec::new();
    let mut title: Option<String> = builder.get("_title")?;
    let mut prototype = builder.get_prototype();
    while let Some(object) = prototype.filter(|object| !object.is_proxy()) {
        let keys = object.own_keys::<String>(Filter::new().string()).flatten();
        names.extend(
            keys.filter(|key| !key.starts_with('_') && key != "constructor" && key != "toJSON"),
        );
        if title.is_none() {
            let class: Option<Object<'js>> = object.get("constructor")?;
            title = class.map(|class| class.get("name")).transpose()?;
        }
        prototype = object.get_prototype();
    }
    let title = title.unwrap_or_default();
    let near = husako_diagnostics::nearest(name, names.iter().map(String::as_str));
    let near = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
    Err(Exception::throw_type(ctx, &format!("{title} has no method `{name}`{near}")))
}

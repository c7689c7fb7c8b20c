use rquickjs::function::This;
use rquickjs::{Array, Atom, Ctx, Function, Object, Result, Value};

/// What tells builders and plain objects from others in one context.
pub(crate) struct Builders<'js> {
    /// `Object.prototype`.
    pub(super) object: Value<'js>,
    /// The prototype of integers that a number cannot hold, if there are any.
    pub(super) exact: Option<Value<'js>>,
    /// The name `_toJSON`.
    pub(super) to_json: Atom<'js>,
    /// The name `_render`.
    pub(super) render: Atom<'js>,
    /// The name of the properties of a builder of a nested object.
    pub(super) props: Atom<'js>,
    /// The methods of builders; none while no module has any.
    methods: Option<Methods<'js>>,
}

struct Methods<'js> {
    schema_to_json: Value<'js>,
    schema_render: Value<'js>,
    resource_to_json: Value<'js>,
    resource_render: Value<'js>,
    /// Makes a plain object of a resource builder, with nested builders left as they are.
    resource_plain: Function<'js>,
}

impl<'js> Builders<'js> {
    /// `registry` is the list that `husako:core` gives to the host.
    pub(crate) fn new(
        ctx: &Ctx<'js>,
        object: Value<'js>,
        exact: Option<Value<'js>>,
        registry: Option<&Array<'js>>,
    ) -> Result<Self> {
        let methods = |registry: &Array<'js>| -> Result<Methods<'js>> {
            Ok(Methods {
                schema_to_json: registry.get(0)?,
                schema_render: registry.get(1)?,
                resource_to_json: registry.get(2)?,
                resource_render: registry.get(3)?,
                resource_plain: registry.get(4)?,
            })
        };
        Ok(Self {
            object,
            exact,
            to_json: Atom::from_str(ctx.clone(), "_toJSON")?,
            render: Atom::from_str(ctx.clone(), "_render")?,
            props: Atom::from_str(ctx.clone(), "_props")?,
            methods: registry.map(methods).transpose()?,
        })
    }

    /// What a builder of a known class stands for, as a plain object that may have builders in it.
    pub(super) fn plain(
        &self,
        object: &Object<'js>,
        to_json: &Value<'js>,
    ) -> Result<Option<Object<'js>>> {
        let Some(methods) = &self.methods else { return Ok(None) };
        if *to_json == methods.schema_to_json {
            return object.get(self.props.clone()).map(Some);
        }
        if *to_json == methods.resource_to_json {
            return methods.resource_plain.call((This(object.clone()),)).map(Some);
        }
        Ok(None)
    }

    /// Whether `_render` does nothing else than `_toJSON`.
    pub(super) fn is_own_render(&self, render: &Value<'js>) -> bool {
        self.methods.as_ref().is_some_and(|methods| {
            *render == methods.schema_render || *render == methods.resource_render
        })
    }

    /// The object in which to look for the properties of a value.
    pub(super) fn resolve(&self, value: &Value<'js>) -> Option<Object<'js>> {
        let object = value.as_object()?;
        if object.is_array() {
            return Some(object.clone());
        }
        let to_json: Value<'js> = object.get(self.to_json.clone()).ok()?;
        self.plain(object, &to_json).ok()?.or_else(|| Some(object.clone()))
    }
}

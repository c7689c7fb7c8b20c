//! Gives [`Value`]s to programs, deeply frozen.

use husako_value::{Number, Value};
use rquickjs::object::Property;
use rquickjs::{Array, Ctx, Function, IntoJs, Object, Result, String as JsString};

use crate::session::Session;

pub(crate) fn inject<'js>(
    ctx: &Ctx<'js>,
    session: &Session,
    value: &Value,
) -> Result<rquickjs::Value<'js>> {
    let freeze = Function::from_value(session.primordial(ctx, |known| &known.freeze)?)?;
    Injection { ctx, session, freeze }.value(value)
}

struct Injection<'a, 'js> {
    ctx: &'a Ctx<'js>,
    session: &'a Session,
    freeze: Function<'js>,
}

impl<'js> Injection<'_, 'js> {
    fn value(&self, value: &Value) -> Result<rquickjs::Value<'js>> {
        let ctx = self.ctx;
        match value {
            Value::Null => Ok(rquickjs::Value::new_null(ctx.clone())),
            Value::Bool(bool) => bool.into_js(ctx),
            Value::Number(number) => self.number(*number),
            Value::String(text) => Ok(JsString::from_str(ctx.clone(), text)?.into_value()),
            Value::Array(items) => {
                let array = Array::new(ctx.clone())?;
                for (index, item) in items.iter().enumerate() {
                    array.set(index, self.value(item)?)?;
                }
                self.freeze.call((array,))
            }
            Value::Object(map) => {
                let object = Object::new(ctx.clone())?;
                for (key, item) in map.iter() {
                    // Defined, not set: a key may be `__proto__`.
                    let item = Property::from(self.value(item)?).enumerable();
                    object.prop(key, item)?;
                }
                self.freeze.call((object,))
            }
        }
    }

    fn number(&self, number: Number) -> Result<rquickjs::Value<'js>> {
        if Number::from_js(number.as_f64()).is_some_and(|double| double == number) {
            return Ok(rquickjs::Value::new_number(self.ctx.clone(), number.as_f64()));
        }
        let prototype = Object::from_value(self.session.exact(self.ctx)?)?;
        let exact = Object::new_proto(self.ctx.clone(), Some(&prototype))?;
        exact.prop("digits", number.to_string())?;
        self.freeze.call((exact,))
    }
}

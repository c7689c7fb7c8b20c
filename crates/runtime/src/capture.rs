//! Takes JavaScript values out as [`Value`]s.
//!
//! A native walk that is strict: what JSON cannot hold is refused, not dropped. Paths are put
//! together only while an error unwinds, so a walk without one costs nothing for them. The walk
//! counts what it takes (a value that is reached twice is taken twice), and stops at the heap
//! limit of the program.

use std::collections::HashMap;

use husako_value::{CompactString, Map, Number, Value};
use rquickjs::function::This;
use rquickjs::object::Filter;
use rquickjs::{Atom, Error, Function, Object, String as JsString};

use crate::Limit;
use crate::watch::Watch;

mod builders;
mod failure;
mod refusal;

pub(crate) use builders::Builders;
pub(crate) use failure::{Failure, Refusal, Step, display};

/// The levels that a value may have. Nothing that people write comes near to it.
const MAX_DEPTH: usize = 128;
/// Distinct keys whose text is kept; a program with more of them has data for keys.
const MAX_KEYS: usize = 4096;
/// What a captured value takes beside its texts.
const NODE_BYTES: usize = 32;
/// How many values are taken between two looks at the clock.
const CHECK_EVERY: u32 = 4096;

/// One walk, or several under one budget.
pub(crate) struct Capture<'a, 'js> {
    builders: &'a Builders<'js>,
    watch: &'a Watch,
    /// The texts of keys: the same few hundred stand in all documents.
    keys: HashMap<Atom<'js>, CompactString>,
    budget: usize,
    heap: usize,
    until_check: u32,
}

impl<'a, 'js> Capture<'a, 'js> {
    pub(crate) fn new(builders: &'a Builders<'js>, watch: &'a Watch, heap: usize) -> Self {
        Self { builders, watch, keys: HashMap::new(), budget: heap, heap, until_check: CHECK_EVERY }
    }

    /// Takes a value that stands for data.
    pub(crate) fn value(&mut self, value: rquickjs::Value<'js>) -> Result<Value, Failure> {
        self.at_depth(value, 0)
    }

    /// Takes a document: a value whose own `_render` goes before its `_toJSON`.
    pub(crate) fn document(&mut self, value: rquickjs::Value<'js>) -> Result<Value, Failure> {
        if let Some(object) =
            value.as_object().filter(|object| !object.is_array() && !object.is_proxy())
        {
            let render: rquickjs::Value<'js> = object.get(self.builders.render.clone())?;
            if !self.builders.is_own_render(&render)
                && let Some(render) = render.as_function()
            {
                let rendered = render.call((This(object.clone()),))?;
                return self.at_depth(rendered, 1);
            }
        }
        self.at_depth(value, 0)
    }

    fn at_depth(&mut self, value: rquickjs::Value<'js>, depth: usize) -> Result<Value, Failure> {
        self.spend(NODE_BYTES)?;
        if value.is_string() {
            return self.text(&value).map(Value::String);
        }
        if let Some(int) = value.as_int() {
            return Ok(Value::from(i64::from(int)));
        }
        if value.is_object() {
            return self.object(value, depth);
        }
        if let Some(bool) = value.as_bool() {
            return Ok(Value::Bool(bool));
        }
        if value.is_null() {
            return Ok(Value::Null);
        }
        if let Some(number) = value.as_float().and_then(Number::from_js) {
            return Ok(Value::Number(number));
        }
        Err(refusal::of_scalar(&value).into())
    }

    fn object(&mut self, value: rquickjs::Value<'js>, depth: usize) -> Result<Value, Failure> {
        if depth >= MAX_DEPTH {
            return Err(Refusal::too_deep(MAX_DEPTH).into());
        }
        if value.is_array() {
            return self.array(&value, depth);
        }
        if value.is_proxy() {
            return Err(Refusal::new("a `Proxy`").into());
        }
        let object = Object::from_value(value)?;
        match object.get_prototype() {
            None => self.plain(&object, depth),
            Some(prototype) if *prototype.as_value() == self.builders.object => {
                self.plain(&object, depth)
            }
            Some(prototype) => self.instance(&object, &prototype, depth),
        }
    }

    fn array(&mut self, value: &rquickjs::Value<'js>, depth: usize) -> Result<Value, Failure> {
        let object = Object::from_value(value.clone())?;
        // Not `Array::len`, which panics where the length is beyond 2^31.
        let length: f64 = object.get(rquickjs::atom::PredefinedAtom::Length)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the length of an array is an integer from 0 to 2^32 - 1"
        )]
        let length = length as u32;
        // A length costs a program nothing, so it does not cost us anything either before it is
        // known to fit.
        if length as usize > self.budget / NODE_BYTES {
            return Err(Failure::Limit(Limit::Heap(self.heap)));
        }
        let mut items = Vec::with_capacity(length as usize);
        for index in 0..length {
            let step = || Step::Index(index as usize);
            let item: rquickjs::Value<'js> =
                object.get(index).map_err(|error| Failure::from(error).at(step()))?;
            if item.is_undefined() && !object.contains_key(index)? {
                return Err(Failure::from(Refusal::new("an empty slot of an array")).at(step()));
            }
            items.push(self.at_depth(item, depth + 1).map_err(|failure| failure.at(step()))?);
        }
        Ok(Value::Array(items))
    }

    fn plain(&mut self, object: &Object<'js>, depth: usize) -> Result<Value, Failure> {
        let keys = object.own_keys::<Atom<'js>>(Filter::new().string().symbol().enum_only());
        let mut map = Map::with_capacity(keys.len());
        for atom in keys {
            let atom = atom?;
            let key = self.key(object, &atom)?;
            let value: rquickjs::Value<'js> = object
                .get(atom)
                .map_err(|error| Failure::from(error).at(Step::Key(key.clone())))?;
            if value.is_function() && key == "_toJSON" {
                // A builder of the user's own making.
                return self.resolved(object, value, depth);
            }
            match self.at_depth(value, depth + 1) {
                Ok(value) => map.push_unique(key, value),
                Err(failure) => return Err(failure.at(Step::Key(key))),
            }
        }
        Ok(Value::Object(map))
    }

    /// An object of a class: a builder, an exact integer, or what is refused.
    fn instance(
        &mut self,
        object: &Object<'js>,
        prototype: &Object<'js>,
        depth: usize,
    ) -> Result<Value, Failure> {
        if self.builders.exact.as_ref().is_some_and(|exact| exact == prototype.as_value()) {
            return exact(object);
        }
        let to_json: rquickjs::Value<'js> = object.get(self.builders.to_json.clone())?;
        if let Some(plain) = self.builders.plain(object, &to_json)? {
            return self.plain(&plain, depth);
        }
        if to_json.is_function() {
            return self.resolved(object, to_json, depth);
        }
        Err(refusal::of_instance(object, prototype).into())
    }

    fn resolved(
        &mut self,
        object: &Object<'js>,
        to_json: rquickjs::Value<'js>,
        depth: usize,
    ) -> Result<Value, Failure> {
        let to_json = Function::from_value(to_json)?;
        let value: rquickjs::Value<'js> = to_json.call((This(object.clone()),))?;
        self.at_depth(value, depth + 1)
    }

    fn key(&mut self, object: &Object<'js>, atom: &Atom<'js>) -> Result<CompactString, Failure> {
        if let Some(key) = self.keys.get(atom) {
            let key = key.clone();
            self.spend(key.len())?;
            return Ok(key);
        }
        for symbol in object.own_keys::<Atom<'js>>(Filter::new().symbol().enum_only()) {
            if symbol? == *atom {
                return Err(Refusal::new("a property whose key is a symbol").into());
            }
        }
        // By way of a string: the text of an atom itself would end at its first NUL.
        let text = atom.to_js_string()?;
        let key = self.text(text.as_value())?;
        if self.keys.len() < MAX_KEYS {
            self.keys.insert(atom.clone(), key.clone());
        }
        Ok(key)
    }

    fn text(&mut self, value: &rquickjs::Value<'js>) -> Result<CompactString, Failure> {
        let text = JsString::from_value(value.clone())?.to_string();
        match text {
            Ok(text) => {
                self.spend(text.len())?;
                Ok(CompactString::from(text))
            }
            Err(Error::Utf8(_)) => Err(Refusal::lone_surrogate().into()),
            Err(error) => Err(error.into()),
        }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), Failure> {
        self.budget =
            self.budget.checked_sub(bytes).ok_or(Failure::Limit(Limit::Heap(self.heap)))?;
        self.until_check -= 1;
        if self.until_check == 0 {
            self.until_check = CHECK_EVERY;
            if let Some(limit) = self.watch.check() {
                return Err(Failure::Limit(limit));
            }
        }
        Ok(())
    }

    /// Where on the way from `root` along `path` an object stands that stood there before.
    pub(crate) fn cycle(
        &self,
        root: &rquickjs::Value<'js>,
        path: &[Step],
    ) -> Option<(usize, usize)> {
        let mut seen: Vec<rquickjs::Value<'js>> = vec![root.clone()];
        for (index, step) in path.iter().enumerate() {
            let object = self.builders.resolve(seen.last()?)?;
            let next: rquickjs::Value<'js> = match step {
                Step::Key(key) => object.get(key.as_str()).ok()?,
                Step::Index(index) => object.get(u32::try_from(*index).ok()?).ok()?,
            };
            if let Some(first) = seen.iter().position(|value| next.is_object() && *value == next) {
                return Some((first, index + 1));
            }
            seen.push(next);
        }
        None
    }
}

/// An integer that a number cannot hold.
fn exact(object: &Object<'_>) -> Result<Value, Failure> {
    let digits: String = object.get("digits")?;
    let number = digits.parse().map(|number: i64| Number::from(number));
    match number.or_else(|_| digits.parse().map(|number: u64| Number::from(number))) {
        Ok(number) => Ok(Value::Number(number)),
        Err(_) => Err(Refusal::new("an integer beyond 64 bits").into()),
    }
}

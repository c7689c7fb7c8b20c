use husako_value::{Number, Value};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::model::json_text;

/// A number in the store: the text of it, so that an integer stays one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Exact(pub(crate) Number);

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json_text::plain::serialize(&Value::Number(self.0), serializer)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value: Value = json_text::plain::deserialize(deserializer)?;
        value.as_number().map(Self).ok_or_else(|| D::Error::custom("expected a number"))
    }
}

//! Reading requests: what does not have exactly the expected shape is refused without its text.

use js_sys::Object;
use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use tsify::{Ts, Tsify};
use wasm_bindgen::JsCast;

use crate::failure::Failure;

/// Reads a request.
///
/// serde-wasm-bindgen asks an object for the fields it knows and passes over all others, whatever
/// `deny_unknown_fields` says, so these are refused here.
pub(crate) fn decode<T>(request: &Ts<T>) -> Result<T, Failure>
where
    T: Tsify<JsType: Clone> + DeserializeOwned,
{
    let value = request.js_value();
    if let (Some(known), Some(object)) = (field_names::<T>(), value.dyn_ref::<Object>()) {
        let keys = Object::keys(object);
        let is_known = |key: &str| known.contains(&key);
        if !keys.iter().all(|key| key.as_string().is_some_and(|key| is_known(&key))) {
            return Err(Failure::MALFORMED_REQUEST);
        }
    }
    request.to_rust().map_err(|_| Failure::MALFORMED_REQUEST)
}

/// The names of a struct's fields; `None` for anything else.
fn field_names<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut names = FieldNames(None);
    // Always an error: only what serde asks for matters.
    let _ = T::deserialize(&mut names);
    names.0
}

struct FieldNames(Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for &mut FieldNames {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom(""))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        self.0 = Some(fields);
        Err(Error::custom(""))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

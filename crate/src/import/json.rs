//! JSON as other programs write it: numbers as text, text as numbers, and `null` in either form.
//!
//! Unlike the library's own tree this one borrows from the file, refuses objects that have a name
//! twice, and counts its values.

use core::cell::Cell;
use core::fmt;
use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::error::{Damage, ImportError};

/// More than any export of 5,000 entries has.
const MAX_VALUES: usize = 2_000_000;

/// A JSON value.
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Integer(i128),
    /// A number with a fraction or an exponent.
    Float(f64),
    Text(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    /// Sorted by name. A map would take ten times the memory of a file of tiny objects.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

const NULL: &Json<'static> = &Json::Null;

impl<'a> Json<'a> {
    /// Reads a whole text.
    pub(super) fn parse(text: &'a str) -> Result<Self, ImportError> {
        let state = State { left: Cell::new(MAX_VALUES), damage: Cell::new(None) };
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let value = Seed(&state).deserialize(&mut deserializer);
        value.and_then(|value| deserializer.end().map(|()| value)).map_err(|error| {
            let damage = state.damage.get().unwrap_or_else(|| {
                // The library has no kind of its own for its limit of 128 levels.
                if error.to_string().starts_with("recursion limit") {
                    Damage::TooDeep
                } else {
                    Damage::Json { line: error.line() }
                }
            });
            damage.into()
        })
    }

    /// Reads what was decrypted.
    pub(super) fn parse_bytes(bytes: &'a [u8]) -> Result<Self, ImportError> {
        let text = core::str::from_utf8(bytes).map_err(|_| Damage::Encrypted)?;
        Self::parse(text)
    }

    /// The member, or null.
    pub(super) fn get(&self, name: &str) -> &Json<'a> {
        match self {
            Self::Object(members) => position(members, name)
                .and_then(|position| members.get(position))
                .map_or(NULL, |(_, value)| value),
            _ => NULL,
        }
    }

    /// Whether it is an object with a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        matches!(self, Self::Object(members) if position(members, name).is_some())
    }

    /// The elements; none when it is not an array.
    pub(super) fn elements(&self) -> &[Json<'a>] {
        match self {
            Self::Array(elements) => elements,
            _ => &[],
        }
    }

    /// The elements of a member that has to be an array.
    pub(super) fn array(&self, name: &'static str) -> Result<&[Json<'a>], ImportError> {
        match self.get(name) {
            Self::Array(elements) => Ok(elements),
            _ => Err(Damage::Part(name).into()),
        }
    }

    /// The names and values; none when it is not an object.
    pub(super) fn members(&self) -> impl Iterator<Item = (&str, &Json<'a>)> {
        let members = match self {
            Self::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten().map(|(name, value)| (name.as_ref(), value))
    }

    /// The member `value` of each element by its member `id`, such as the names of groups.
    pub(super) fn index(&self, id: &str, value: &str) -> BTreeMap<String, String> {
        let pair = |element: &Json<'_>| {
            let (id, value) = (element.get(id).text()?, element.get(value).text()?);
            Some((id.into_owned(), value.into_owned()))
        };
        self.elements().iter().filter_map(pair).collect()
    }

    /// Looks this value up in an index.
    pub(super) fn find_in<'i>(&self, index: &'i BTreeMap<String, String>) -> Option<&'i str> {
        index.get(&*self.text()?).map(String::as_str)
    }

    pub(super) fn is_object(&self) -> bool {
        matches!(self, Self::Object(_))
    }

    pub(super) fn is_array(&self) -> bool {
        matches!(self, Self::Array(_))
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// Text, and numbers as text. `None` for null, the text `null`, blank text and anything else.
    pub(super) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => {
                let text = text.trim();
                (!text.is_empty() && text != "null").then_some(Cow::Borrowed(text))
            }
            Self::Integer(number) => Some(number.to_string().into()),
            Self::Float(number) => Some(number.to_string().into()),
            _ => None,
        }
    }

    /// The text of a member that has to be there.
    pub(super) fn required(&self, name: &'static str) -> Result<&str, ImportError> {
        match self.get(name) {
            Self::Text(text) => Ok(text.trim()),
            _ => Err(Damage::Part(name).into()),
        }
    }

    /// A whole number, also one written as text or with a zero fraction. `Ok(None)` when absent,
    /// `Err` when it is something else.
    pub(super) fn number(&self) -> Result<Option<i128>, NotANumber> {
        match self {
            Self::Null => Ok(None),
            Self::Integer(number) => Ok(Some(*number)),
            Self::Float(_) | Self::Text(_) => match self.text() {
                None => Ok(None),
                Some(text) => {
                    let whole = text.strip_suffix(".0").unwrap_or(&text);
                    whole.parse().map(Some).map_err(|_| NotANumber)
                }
            },
            _ => Err(NotANumber),
        }
    }

    /// A whole number that has to be there.
    pub(super) fn required_number(&self, name: &'static str) -> Result<u64, ImportError> {
        let number = self.get(name).number().ok().flatten();
        number.and_then(|number| number.try_into().ok()).ok_or(Damage::Part(name).into())
    }

    /// `true`, also as text or as 1.
    pub(super) fn truth(&self) -> bool {
        match self {
            Self::Bool(truth) => *truth,
            Self::Integer(number) => *number == 1,
            Self::Text(text) => text.trim().eq_ignore_ascii_case("true"),
            _ => false,
        }
    }
}

/// Where the member stands among sorted ones.
fn position(members: &[(Cow<'_, str>, Json<'_>)], name: &str) -> Option<usize> {
    members.binary_search_by(|(member, _)| member.as_ref().cmp(name)).ok()
}

/// A value where a number belongs.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotANumber;

struct State {
    left: Cell<usize>,
    damage: Cell<Option<Damage>>,
}

impl State {
    fn fail<E: Error>(&self, damage: Damage) -> E {
        self.damage.set(Some(damage));
        E::custom("")
    }
}

#[derive(Clone, Copy)]
struct Seed<'s>(&'s State);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        match self.0.left.get().checked_sub(1) {
            Some(left) => self.0.left.set(left),
            None => return Err(self.0.fail(Damage::TooManyValues)),
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(Json::Float(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json<'de>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(self)? {
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(Seed(self.0))? {
            let Json::Text(name) = name else { return Err(self.0.fail(Damage::TooManyValues)) };
            let value = map.next_value_seed(self)?;
            members.push((name, value));
        }
        members.shrink_to_fit();
        members.sort_by(|(left, _), (right, _)| left.cmp(right));
        if members.is_sorted_by(|(left, _), (right, _)| left < right) {
            return Ok(Json::Object(members));
        }
        Err(self.0.fail(Damage::DuplicateName))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn damage(text: &str) -> ImportError {
        Json::parse(text).err().unwrap()
    }

    #[test]
    fn takes_numbers_as_text_and_both_forms_of_null() {
        let json =
            Json::parse(r#"{"a":30,"b":"30","c":30.0,"d":null,"e":"null","f":"","g":"x","h":[]}"#);
        let json = json.unwrap();
        for name in ["a", "b", "c"] {
            assert_eq!(json.get(name).number(), Ok(Some(30)), "{name}");
            assert_eq!(json.get(name).text().as_deref(), Some("30"), "{name}");
        }
        for name in ["d", "e", "f", "absent"] {
            assert_eq!(json.get(name).number(), Ok(None), "{name}");
            assert_eq!(json.get(name).text(), None, "{name}");
        }
        assert_eq!(json.get("g").number(), Err(NotANumber));
        assert_eq!(json.get("h").number(), Err(NotANumber));
    }

    #[test]
    fn refuses_a_name_that_stands_twice() {
        assert_eq!(damage(r#"{"secret":1,"secret":2}"#), Damage::DuplicateName.into());
    }

    #[test]
    fn refuses_depth_beyond_128_levels() {
        assert!(Json::parse(&("[".repeat(127) + &"]".repeat(127))).is_ok());
        assert_eq!(damage(&"[".repeat(1_000_000)), Damage::TooDeep.into());
    }

    #[test]
    fn refuses_more_values_than_an_export_has() {
        let many = format!("[{}0]", "0,".repeat(MAX_VALUES));
        assert_eq!(damage(&many), Damage::TooManyValues.into());
    }

    #[test]
    fn names_the_line_of_a_mistake() {
        assert_eq!(damage("{\n\"a\": 1,\n"), Damage::Json { line: 3 }.into());
    }
}

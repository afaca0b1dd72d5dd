//! The members of a JSON object, so that what is not modelled here is kept and sent as it came.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// Members of an object that have no field of their own, in the order in which they were written.
///
/// Every value keeps its bytes.
#[derive(Clone, Debug, Default)]
pub struct Members(Vec<(String, Box<RawValue>)>);

impl Members {
    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The names and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), &**value))
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        self.iter()
            .find_map(|(known, value)| (known == name).then_some(value))
    }

    /// Adds a member, or replaces the value of one that is there. Says whether it replaced one.
    pub fn insert(&mut self, name: &str, value: Box<RawValue>) -> bool {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => {
                *old = value;
                true
            }
            None => {
                self.0.push((name.to_owned(), value));
                false
            }
        }
    }

    /// Removes a member, if it is there.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Takes a member that is being read.
    pub(crate) fn add<E: serde::de::Error>(
        &mut self,
        name: &str,
        value: Box<RawValue>,
    ) -> Result<(), E> {
        if self.get(name).is_some() {
            return Err(there_twice(name));
        }
        self.0.push((name.to_owned(), value));
        Ok(())
    }

    /// Writes the members into an object that is being written.
    pub(crate) fn write_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.iter()
            .try_for_each(|(name, value)| map.serialize_entry(name, value))
    }
}

impl PartialEq for Members {
    fn eq(&self, other: &Self) -> bool {
        let ours = self.iter().map(|(name, value)| (name, value.get()));
        ours.eq(other.iter().map(|(name, value)| (name, value.get())))
    }
}

impl Serialize for Members {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.write_into(&mut map)?;
        map.end()
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut members = Members::default();
                while let Some(name) = map.next_key::<Name<'de>>()? {
                    members.add(&name.0, map.next_value()?)?;
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// Refuses a member that is there twice, of which one would be lost.
#[cold]
pub(crate) fn there_twice<E: serde::de::Error>(name: &str) -> E {
    E::custom(format!("`{name}` is there twice"))
}

/// Names the member in an error about its value. The place at the end of the text stays the place
/// of the error, which serde_json reads there.
#[cold]
pub(crate) fn within<E: serde::de::Error>(name: &str, error: E) -> E {
    E::custom(format_args!("{name}: {error}"))
}

/// Reads a list. `what` tells a person who wrote something else what belongs there.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
    what: &'static str,
) -> Result<Vec<T>, D::Error> {
    struct Items<T>(&'static str, PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            let mut items = Vec::with_capacity(seq.size_hint().unwrap_or_default());
            while let Some(item) = seq.next_element()? {
                items.push(item);
            }
            Ok(items)
        }
    }
    deserializer.deserialize_seq(Items(what, PhantomData))
}

/// JSON that an author or a model wrote, compared by its bytes.
pub(crate) fn same_json(left: &RawValue, right: &RawValue) -> bool {
    left.get() == right.get()
}

/// The name of a member, borrowed where the JSON allows it: one is read with every delta.
pub(crate) struct Name<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a member name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// Refuses an object that is not a tagged union, which has one member.
#[cold]
pub(crate) fn not_one_member<E: serde::de::Error>(what: &str, names: &[Name<'_>]) -> E {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{}`", name.0)).collect();
    let found = match &*quoted {
        [] => "none".to_owned(),
        quoted => quoted.join(" and "),
    };
    E::custom(format!(
        "{what} has exactly one member, and this has {found}"
    ))
}

/// Implements reading and writing of a tagged union: an object with exactly one member, which
/// names the variant. An unknown name keeps its bytes in the variant `Other`.
macro_rules! union {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $wire:literal => $variant:ident($payload:ty),)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant($payload),)*
            /// A member that is not known here, with its name and its bytes.
            Other(String, Box<serde_json::value::RawValue>),
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                match (self, other) {
                    $((Self::$variant(left), Self::$variant(right)) => left == right,)*
                    (Self::Other(name, left), Self::Other(other, right)) => {
                        name == other && crate::members::same_json(left, right)
                    }
                    _ => false,
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(Some(1))?;
                match self {
                    $(Self::$variant(value) => map.serialize_entry($wire, value)?,)*
                    Self::Other(name, value) => map.serialize_entry(name, value)?,
                }
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Union;
                impl<'de> serde::de::Visitor<'de> for Union {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(concat!($what, ": an object with exactly one member"))
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        use crate::members::{Name, not_one_member};
                        let Some(name) = map.next_key::<Name<'de>>()? else {
                            return Err(not_one_member($what, &[]));
                        };
                        let value = match &*name.0 {
                            $($wire => $name::$variant(map.next_value()?),)*
                            _ => $name::Other(name.0.clone().into_owned(), map.next_value()?),
                        };
                        match map.next_key::<Name<'de>>()? {
                            Some(second) => Err(not_one_member($what, &[name, second])),
                            None => Ok(value),
                        }
                    }
                }
                deserializer.deserialize_map(Union)
            }
        }
    };
}
pub(crate) use union;

/// Implements reading and writing of an object whose unknown members are kept in `rest`.
///
/// The fields are written in the order in which they stand. A `required` member must be there; an
/// `optional` one is an `Option`, and so is a `lenient` one, which stays in `rest` with its bytes
/// where it cannot be read: the answer beside it must not be lost for it.
macro_rules! object {
    ($name:ident { $($field:ident: $presence:ident $wire:literal,)* }) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $(crate::members::object!(@write $presence, map, $wire, &self.$field);)*
                self.rest.write_into(&mut map)?;
                map.end()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Object;
                impl<'de> serde::de::Visitor<'de> for Object {
                    type Value = $name;

                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("an object")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                        use crate::members::{Members, Name, object, there_twice};
                        $(let mut $field = None;)*
                        let mut rest = Members::default();
                        while let Some(name) = map.next_key::<Name<'de>>()? {
                            match &*name.0 {
                                $($wire if $field.is_some() => return Err(there_twice($wire)),
                                $wire => {
                                    $field = object!(@read $presence, map, $wire, rest);
                                })*
                                name => rest.add(name, map.next_value()?)?,
                            }
                        }
                        Ok($name {
                            $($field: object!(@found $presence, $field, $wire),)*
                            rest,
                        })
                    }
                }
                deserializer.deserialize_map(Object)
            }
        }
    };
    (@write required, $map:ident, $wire:literal, $value:expr) => {
        $map.serialize_entry($wire, $value)?
    };
    (@write lenient, $map:ident, $wire:literal, $value:expr) => {
        object!(@write optional, $map, $wire, $value)
    };
    (@write optional, $map:ident, $wire:literal, $value:expr) => {
        if let Some(value) = $value {
            $map.serialize_entry($wire, value)?;
        }
    };
    (@found required, $value:ident, $wire:literal) => {
        match $value {
            Some(value) => value,
            None => return Err(serde::de::Error::missing_field($wire)),
        }
    };
    (@read lenient, $map:ident, $wire:literal, $rest:ident) => {{
        let value: Box<serde_json::value::RawValue> = $map.next_value()?;
        let read = serde_json::from_str(value.get());
        if read.is_err() {
            $rest.add($wire, value)?;
        }
        Some(read.unwrap_or_default())
    }};
    (@read $presence:ident, $map:ident, $wire:literal, $rest:ident) => {
        Some($map.next_value().map_err(|it| crate::members::within($wire, it))?)
    };
    (@found lenient, $value:ident, $wire:literal) => { $value.flatten() };
    // `null` counts as absent.
    (@found optional, $value:ident, $wire:literal) => { $value.flatten() };
}
pub(crate) use object;

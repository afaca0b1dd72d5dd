//! `true` or `false`.

use std::fmt;

use serde::de::{Deserializer as _, Error, Visitor};

use super::Spelling;
use crate::problem::Advice;
use crate::problems::Problems;
use crate::source::Source;

/// `true` or `false`. `yes`, `on` and their kin are texts in YAML 1.2.
#[derive(Clone, Copy)]
pub(crate) struct Switch;

impl Spelling for Switch {
    type Meaning = bool;

    fn read(&self, source: Source<'_>) -> Result<bool, Problems> {
        let number = source.untagged().as_u64().map(|number| number.to_string());
        let text = number.as_deref().or(source.untagged().as_str());
        let help = text.and_then(|text| {
            let meant = match text.trim().to_ascii_lowercase().as_str() {
                "yes" | "y" | "on" | "true" | "1" | "enable" | "enabled" => "true",
                "no" | "n" | "off" | "false" | "0" | "disable" | "disabled" => "false",
                _ => return None,
            };
            let quotes = if text == meant { " without quotes" } else { "" };
            Some(Advice::write(meant, quotes))
        });
        let read = source.deserialize_any(*self);
        read.map_err(|problem| problem.with_help(help).into())
    }

    fn is_switch(&self) -> bool {
        true
    }

    #[cfg(feature = "schema")]
    fn schema(&self) -> schemars::Schema {
        schemars::json_schema!({ "type": "boolean" })
    }
}

impl Visitor<'_> for Switch {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }
}

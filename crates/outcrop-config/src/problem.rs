//! What is wrong with one value, before it is known where the value stands.

use std::fmt;

use serde::de::{Expected, Unexpected};
use serde_yaml::Value;

use crate::diagnostic::Code;
use crate::path;

/// Why a value was refused. As serde's error type, it tells by the kind of refusal which [`Code`]
/// it gets: a wrong type, a number out of range, a text in a bad format.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    pub(crate) complaint: Complaint,
    pub(crate) help: Option<Box<Advice>>,
    /// From the value that was read down to the one refused, innermost first.
    pub(crate) within: Vec<Step>,
}

/// What to do about a refused value.
#[derive(Debug)]
pub(crate) struct Advice {
    /// A clause, such as `write 8000: digits alone`.
    pub(crate) text: String,
    /// The plain scalar that it says to write, which the key has to take for the advice to be given.
    pub(crate) value: Option<String>,
}

impl Advice {
    /// `write VALUE`, and why or how.
    pub(crate) fn write(value: impl fmt::Display, how: &str) -> Self {
        Self {
            text: format!("write {value}{how}"),
            value: Some(value.to_string()),
        }
    }

    /// Advice that names no value.
    pub(crate) fn say(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            value: None,
        }
    }
}

/// What there is to say about a refused value.
#[derive(Debug)]
pub(crate) enum Complaint {
    /// Something else is taken here than what was found.
    Takes { expected: String, found: String },
    /// A full sentence of its own.
    Says(String),
}

/// One step into a collection.
#[derive(Debug)]
pub(crate) enum Step {
    Key(String),
    Item(usize),
    /// A key that is a list or a map, and not its value.
    OddKey(Value),
}

impl Problem {
    pub(crate) fn with_help(mut self, help: Option<Advice>) -> Self {
        self.help = help.map(Box::new).or(self.help);
        self
    }

    /// The value is of the right type, and written the wrong way.
    pub(crate) fn bad_format(message: String) -> Self {
        Self::new(Code::ConfigBadFormat, Complaint::Says(message))
    }

    fn new(code: Code, complaint: Complaint) -> Self {
        Self {
            code,
            complaint,
            help: None,
            within: Vec::new(),
        }
    }

    fn takes(code: Code, expected: &dyn Expected, found: String) -> Self {
        let expected = expected.to_string();
        Self::new(code, Complaint::Takes { expected, found })
    }
}

impl serde::de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::bad_format(message.to_string())
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::takes(Code::ConfigWrongType, expected, describe(unexpected))
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let code = match unexpected {
            Unexpected::Unsigned(_)
            | Unexpected::Signed(_)
            | Unexpected::Float(_)
            | Unexpected::Seq => Code::ConfigOutOfRange,
            _ => Code::ConfigBadFormat,
        };
        Self::takes(code, expected, describe(unexpected))
    }
}

/// A value in the words of a person who writes YAML.
fn describe(unexpected: Unexpected<'_>) -> String {
    match unexpected {
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Unsigned(value) => value.to_string(),
        Unexpected::Signed(value) => value.to_string(),
        Unexpected::Float(value) => value.to_string(),
        Unexpected::Str(text) => format!("the text {}", path::quote(text)),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a map".to_owned(),
        Unexpected::Enum | Unexpected::NewtypeVariant => "a value with a tag".to_owned(),
        other => other.to_string(),
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.complaint {
            Complaint::Takes { expected, found } => write!(f, "takes {expected}, not {found}"),
            Complaint::Says(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Problem {}

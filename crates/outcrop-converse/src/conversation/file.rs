//! A conversation in a file: what is wrong with it, where, and what to write instead.

use std::fmt;

use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use crate::Conversation;

/// Why a text is no conversation, with the place.
#[derive(Debug)]
pub struct InvalidConversation {
    path: String,
    message: String,
    hint: Option<&'static str>,
    line: usize,
    column: usize,
}

impl Conversation {
    /// The conversation of a file, which may begin with a byte order mark.
    ///
    /// # Errors
    /// When the text is not a conversation; the error names the path, the line and the column.
    pub fn from_json(text: &str) -> Result<Self, InvalidConversation> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        serde_json::from_str(text).map_err(|error| InvalidConversation::of(text, &error))
    }
}

impl InvalidConversation {
    /// Reads the text once more, since keeping the path takes time that only an error is worth.
    #[cold]
    fn of(text: &str, error: &serde_json::Error) -> Self {
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let again = serde_path_to_error::deserialize::<_, Conversation>(&mut deserializer);
        // What stands behind a whole conversation has no path.
        let path = again.err().map(|error| error.path().clone());
        let names: Vec<&str> = path.iter().flat_map(names).collect();
        let mut message = error.to_string();
        // The innermost objects name their members too.
        while let Some((name, rest)) = message.split_once(": ")
            && names.contains(&name)
        {
            message = rest.to_owned();
        }
        Self {
            hint: hint(text, &names),
            path: path.as_ref().map(shown).unwrap_or_default(),
            message,
            line: error.line(),
            column: error.column(),
        }
    }

    /// The path of what is wrong, such as `messages[3].content[0].toolUse.input`; empty where it is
    /// the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The line, from 1; 0 before the first.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1, in bytes; 0 before the first.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// What to write instead, where the error does not say it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        self.hint
    }
}

impl fmt::Display for InvalidConversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for InvalidConversation {}

/// The members on the way.
fn names(path: &Path) -> impl Iterator<Item = &str> {
    path.iter().filter_map(|segment| match segment {
        Segment::Map { key } => Some(key.as_str()),
        _ => None,
    })
}

/// A path from the whole, the array of messages being called `messages`.
fn shown(path: &Path) -> String {
    let begins_with_index = matches!(path.iter().next(), Some(Segment::Seq { .. }));
    match path.to_string() {
        path if path == "." => String::new(),
        path if begins_with_index => format!("messages{path}"),
        path => path,
    }
}

const WHOLE: &str = r#"a conversation is what the AWS CLI takes: [{"role": "user", "content": [{"text": "…"}]}], or an object with such `messages`"#;

/// What jq makes of the answer of a call and the conversation that was asked.
const ANSWER: &str = "this is the answer of a call; append its message to the conversation that was \
     asked: jq '.messages += [input.output.message]' CONVERSATION ANSWER, where the conversation is \
     an object, or jq '. + [input.output.message]' CONVERSATION ANSWER, where it is an array";

/// What to write instead, by where the mistake is and what stands there.
fn hint(text: &str, names: &[&str]) -> Option<&'static str> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let (first, second) = (values.next(), values.next());
    if let Some(Ok(_)) = second {
        return Some(
            "the file holds several JSON values, one after the other; put the messages into one \
             array: jq -s . FILE",
        );
    }
    let Some(Ok(value)) = first else {
        return Some(WHOLE);
    };
    if value.get("output").is_some() {
        return Some(ANSWER);
    }
    Some(match names {
        // The error says it all.
        [] if value.get("messages").is_some_and(Value::is_array) => return None,
        [] if value.get("role").is_some() => "this is one message; put it into an array",
        ["system", ..] => r#"write "system": [{"text": "…"}]"#,
        ["toolConfig", ..] => {
            r#"a tool is written {"toolSpec": {"name": "…", "description": "…", "inputSchema": {"json": {"type": "object", "properties": {…}}}}}"#
        }
        ["inferenceConfig", ..] => {
            r#"write "inferenceConfig": {"maxTokens": 1000, "temperature": 0.5, "topP": 0.9, "stopSequences": ["…"]}, or what of it is wanted"#
        }
        [.., "role"] => {
            "a role is `user` or `assistant`; instructions for the model go into `system`, and the \
             results of tools into a `toolResult` of the user"
        }
        [.., "toolUse"] | [.., "toolUse", _] => {
            r#"a tool call is written {"toolUse": {"toolUseId": "…", "name": "…", "input": {…}}}"#
        }
        [.., "toolResult"] | [.., "toolResult", "toolUseId" | "status"] => {
            r#"a result is written {"toolResult": {"toolUseId": "…", "content": [{"text": "…"}]}}, with "status": "error" where the tool failed"#
        }
        [
            ..,
            "image" | "document" | "video" | "source" | "format" | "bytes",
        ] => {
            r#"an attachment is written {"image": {"format": "png", "source": {"bytes": "BASE64"}}}, a document with a `name` too"#
        }
        [.., "content"] | ["messages"] if text.contains("\"type\"") => {
            r#"blocks are named by their member, as the Converse API has them, and have no `type`: {"text": "…"}, {"image": {…}}, {"toolUse": {…}}, {"toolResult": {…}}"#
        }
        [.., "content"] => r#"write "content": [{"text": "…"}]"#,
        _ => WHOLE,
    })
}

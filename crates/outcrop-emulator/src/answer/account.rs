//! The words of an answer: that no model was called, and what the request came with.

use serde_json::Value;

use crate::converse::Call;
use crate::received::{Identity, Method};
use crate::request::{Request, text as text_of};
use crate::thinking::Thinking;

/// The width of the column of labels.
const COLUMN: usize = 10;
/// How much of the last message is repeated, in characters.
const QUOTED: usize = 60;

/// The text of an answer.
pub(super) fn text(call: &Call<'_>) -> String {
    let lines = [
        ("model", call.model_id.to_owned()),
        ("region", region(call)),
        ("identity", identity(call.caller.identity.as_ref())),
        ("thinking", thinking(call)),
        ("sampling", sampling(&call.request)),
        ("limits", limits(&call.request)),
        ("system", system(&call.request)),
        ("tools", tools(&call.request)),
        ("cache", cache(&call.request)),
        ("messages", messages(&call.request)),
    ];
    let list: String = lines
        .into_iter()
        .map(|(label, value)| format!("  {label:<COLUMN$}{value}\n"))
        .collect();
    format!(
        "This is Outcrop's local stand-in for Amazon Bedrock. No model was called and nothing left\n\
         this machine. The request passed the checks of Bedrock that are known here; whether the model\n\
         sees images or reads documents is not among them.\n\n\
         What arrived:\n{list}"
    )
    .trim_end()
    .to_owned()
}

fn region(call: &Call<'_>) -> String {
    match &call.caller.region {
        Some(region) => region.clone(),
        None => "not told (a bearer token names none)".to_owned(),
    }
}

fn identity(identity: Option<&Identity>) -> String {
    let Some(identity) = identity else {
        return "none".to_owned();
    };
    let key = identity.access_key_id.as_deref().unwrap_or("?");
    match (identity.method, &identity.role) {
        (Method::Bearer, _) => "bearer token".to_owned(),
        (Method::SigV4, None) => format!("access key {key}, signature verified"),
        (Method::SigV4, Some(role)) => format!(
            "role {} as {}, signature verified",
            role.role_arn, role.session_name
        ),
    }
}

fn thinking(call: &Call<'_>) -> String {
    let mut text = match &call.thinking {
        Thinking::Off if call.request.field("thinking").is_some() => "disabled".to_owned(),
        Thinking::Off => "off".to_owned(),
        Thinking::Budget(tokens) => format!("enabled, up to {} tokens", grouped(*tokens)),
        Thinking::Adaptive => "adaptive".to_owned(),
        Thinking::BetweenTools => "between tool calls".to_owned(),
        Thinking::Unasked => "on, by the model's default".to_owned(),
        Thinking::Asked(text) => text.clone(),
    };
    if let Some(effort) = call.request.effort() {
        text.push_str(&format!(", effort {effort}"));
    }
    if let Some(display) = call
        .request
        .field("thinking")
        .and_then(|it| it.get("display"))
    {
        text.push_str(&format!(", display {}", text_of(Some(display))));
    }
    text
}

fn sampling(request: &Request) -> String {
    let parts = [
        (
            "temperature",
            request.inference("temperature", "temperature"),
        ),
        ("top_p", request.inference("topP", "top_p")),
        ("top_k", request.field("top_k")),
    ];
    joined(parts)
}

fn limits(request: &Request) -> String {
    let mut parts = Vec::new();
    if let Some(tokens) = request.max_tokens() {
        parts.push(format!("{} tokens", grouped(tokens)));
    }
    let sequences = request.inference("stopSequences", "stop_sequences");
    match sequences.and_then(Value::as_array).map_or(0, Vec::len) {
        0 => {}
        count => parts.push(counted(count, "stop sequence")),
    }
    or_default(parts)
}

fn joined<'a>(parts: impl IntoIterator<Item = (&'static str, Option<&'a Value>)>) -> String {
    let parts = parts
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name} {}", value?)))
        .collect();
    or_default(parts)
}

fn or_default(parts: Vec<String>) -> String {
    if parts.is_empty() {
        "the model's defaults".to_owned()
    } else {
        parts.join(", ")
    }
}

fn system(request: &Request) -> String {
    let texts = request.system().filter(|block| block.kind == "text");
    let characters = texts
        .map(|block| text_of(Some(block.value)).chars().count())
        .sum();
    match characters {
        0 => "none".to_owned(),
        count => counted(count, "character"),
    }
}

fn tools(request: &Request) -> String {
    let names: Vec<&str> = request.tool_names().collect();
    if names.is_empty() {
        return "none".to_owned();
    }
    let choice = request.tool_choice().unwrap_or("auto");
    format!("{} (choice: {choice})", names.join(", "))
}

fn cache(request: &Request) -> String {
    let is_point = |kind: &str| kind == "cachePoint";
    let places = [
        (
            "tools",
            request.tools().filter(|it| is_point(it.kind)).count(),
        ),
        (
            "system",
            request.system().filter(|it| is_point(it.kind)).count(),
        ),
        (
            "messages",
            request
                .messages()
                .map(|message| message.of_kind("cachePoint").count())
                .sum(),
        ),
    ];
    let parts: Vec<String> = places
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(place, count)| format!("{count} in {place}"))
        .collect();
    if parts.is_empty() {
        "no points".to_owned()
    } else {
        format!("points: {}", parts.join(", "))
    }
}

fn messages(request: &Request) -> String {
    let count = request.messages().count();
    let Some(last) = request.messages().next_back() else {
        return "none".to_owned();
    };
    let texts: Vec<&str> = last
        .of_kind("text")
        .map(|block| text_of(Some(block.value)))
        .collect();
    let line = texts
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if line.is_empty() {
        let kinds: Vec<&str> = last.blocks().map(|block| block.kind).collect();
        return format!("{count}, the last with {}", kinds.join(", "));
    }
    let quoted: String = line.chars().take(QUOTED).collect();
    let dots = if quoted.len() < line.len() { "…" } else { "" };
    format!("{count}, the last: \"{quoted}{dots}\"")
}

fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count as u64))
}

/// A number with a comma between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(grouped(number), text);
        }
    }
}

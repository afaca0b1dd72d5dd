//! The conversation: prompt, stdin, system prompt and files, put together.

mod attachments;

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use outcrop::converse::{Role, SystemBlock};
use outcrop::{ContentBlock, Conversation, Message};

use crate::args::{ConversationArgs, Overrides};
use crate::failure::Failure;

/// When stdin is part of the prompt.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stdin {
    /// Where it is piped in, and by the name `-`.
    WhenPiped,
    /// By the name `-` alone.
    WhenNamed,
}

/// The conversation of a call: what the file holds, then the attachments and the prompt, which are
/// one message.
pub(crate) fn read(
    args: &ConversationArgs,
    prompt: Option<String>,
    overrides: &Overrides,
) -> Result<Conversation, Failure> {
    let mut conversation = match &args.messages {
        Some(path) => from_file(path)?,
        None => Conversation::default(),
    };
    let attachments = attachments::read(&args.attachments, prompt.is_some())?;
    if prompt.is_some() || !attachments.is_empty() {
        let text = prompt.map(ContentBlock::Text);
        conversation.messages.push(Message {
            role: Role::User,
            content: attachments.into_iter().chain(text).collect(),
        });
    }
    if let Some(system) = &args.system {
        conversation
            .system
            .insert(0, SystemBlock::Text(system.clone()));
    }
    // The conversation's own settings go before those of the configuration, not before these.
    let own = &mut conversation.inference;
    own.max_tokens = overrides.max_tokens.or(own.max_tokens);
    own.temperature = overrides.temperature.or(own.temperature);
    own.top_p = overrides.top_p.or(own.top_p);
    if conversation.messages.is_empty() {
        return Err(Failure::usage(
            "there is nothing to ask",
            "give a prompt, pipe one in, or name a conversation with --messages",
        ));
    }
    Ok(conversation)
}

/// The prompt of the command line, with stdin before it, or in the place of a `-` that stands
/// first or last. A `-` between other words is a dash.
pub(crate) fn prompt(
    words: &[String],
    args: &ConversationArgs,
    stdin: Stdin,
) -> Result<Option<String>, Failure> {
    let (before, after) = match words {
        [first, rest @ ..] if first == "-" => (&[] as &[String], rest),
        [rest @ .., last] if last == "-" => (rest, &[] as &[String]),
        words => (&[] as &[String], words),
    };
    let is_named = before.len() + after.len() < words.len();
    let is_taken = is_stdin_taken(args, is_named)?;
    let is_piped = stdin == Stdin::WhenPiped && !is_taken && !io::stdin().is_terminal();
    let piped = if is_named || is_piped {
        read_stdin()?
    } else {
        String::new()
    };
    let parts = [
        before.join(" "),
        piped.trim_end_matches(['\n', '\r']).to_owned(),
        after.join(" "),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .collect();
    Ok((!parts.is_empty()).then(|| parts.join("\n\n")))
}

/// Whether something else than the prompt reads stdin, which can be read once.
fn is_stdin_taken(args: &ConversationArgs, by_prompt: bool) -> Result<bool, Failure> {
    let is_stdin = |path: &Path| path == Path::new("-");
    let is_conversation = args.messages.as_deref().is_some_and(is_stdin);
    let attachments = args
        .attachments
        .iter()
        .filter(|path| is_stdin(path))
        .count();
    let (what, instead) = match (is_conversation, attachments, by_prompt) {
        (true, 0, true) => (
            "both the conversation and the prompt",
            "name a file with --messages, or leave the `-` of the prompt out",
        ),
        (true, 1.., _) => (
            "both the conversation and an attachment",
            "name a file with --messages or with -a",
        ),
        (false, 1.., true) => (
            "both an attachment and the prompt",
            "name a file with -a, or leave the `-` of the prompt out",
        ),
        (false, 2.., false) => ("two attachments", "name files with -a"),
        _ => return Ok(is_conversation || attachments > 0),
    };
    Err(Failure::usage(format!("stdin cannot be {what}"), instead))
}

fn from_file(path: &Path) -> Result<Conversation, Failure> {
    let text = if path == Path::new("-") {
        read_stdin()?
    } else {
        std::fs::read_to_string(path).map_err(|error| {
            Failure::usage(
                format!("{} cannot be read: {error}", path.display()),
                "--messages takes a JSON file",
            )
        })?
    };
    Conversation::from_json(&text).map_err(|error| {
        let name = match path.to_str() {
            Some("-") => "stdin".to_owned(),
            _ => path.display().to_string(),
        };
        Failure::Input {
            message: format!("{name}: {error}"),
            hint: error.hint().map(Into::into),
        }
    })
}

fn read_stdin() -> Result<String, Failure> {
    let mut text = String::new();
    match io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(Failure::Input {
            message: format!("stdin cannot be read: {error}"),
            hint: None,
        }),
    }
}

//! The conversation: prompt, stdin, system prompt and files, put together.

mod attachments;

use std::io::{self, BufRead, IsTerminal, Read};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::time::Duration;

use outcrop::converse::{Role, SystemBlock};
use outcrop::{ContentBlock, Conversation, Message};

use crate::args::{ConversationArgs, Overrides};
use crate::failure::Failure;
use crate::render::note;

/// When stdin is part of the prompt.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stdin {
    /// Where it is piped in, and by the name `-`.
    WhenPiped,
    /// By the name `-` alone.
    WhenNamed,
    /// Never: the script is read from it.
    Script,
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
    let has_text = prompt.is_some() || ends_with_text(&conversation);
    let attachments = attachments::read(&args.attachments, has_text)?;
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

/// Whether the last message is the user's and has text, which attachments may be about.
fn ends_with_text(conversation: &Conversation) -> bool {
    let last = conversation.messages.last();
    last.is_some_and(|last| last.role == Role::User && !last.text().trim().is_empty())
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
    let is_taken = is_stdin_taken(args, is_named, stdin == Stdin::Script)?;
    let is_piped = stdin == Stdin::WhenPiped && !is_taken && !io::stdin().is_terminal();
    let piped = if is_named || is_piped {
        read_stdin(is_piped && !is_named)?
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
fn is_stdin_taken(
    args: &ConversationArgs,
    by_prompt: bool,
    by_script: bool,
) -> Result<bool, Failure> {
    let is_stdin = |path: &Path| path == Path::new("-");
    let is_conversation = args.messages.as_deref().is_some_and(is_stdin);
    let attachments = args
        .attachments
        .iter()
        .filter(|path| is_stdin(path))
        .count();
    if by_script && (is_conversation || attachments > 0 || by_prompt) {
        return Err(Failure::usage(
            "stdin cannot be the script and something else",
            "name a file with --script",
        ));
    }
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
        _ => return Ok(is_conversation || attachments > 0 || by_script),
    };
    Err(Failure::usage(format!("stdin cannot be {what}"), instead))
}

fn from_file(path: &Path) -> Result<Conversation, Failure> {
    let text = if path == Path::new("-") {
        read_stdin(false)?
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

/// All of stdin. Where nobody named it, one who waits without knowing for what is told.
fn read_stdin(is_unnamed: bool) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let mut stdin = io::stdin().lock();
    let begun = if is_unnamed {
        let _waiting = tell_of_waiting();
        // Returns with the first bytes, or at the end.
        stdin.fill_buf().map(drop)
    } else {
        Ok(())
    };
    let text = begun.and_then(|()| stdin.read_to_end(&mut bytes));
    let text = text.and_then(|_| {
        String::from_utf8(bytes).map_err(|_| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "stream did not contain valid UTF-8",
            )
        })
    });
    match text {
        Ok(text) => Ok(text),
        Err(error) => Err(Failure::Input {
            message: format!("stdin cannot be read: {error}"),
            hint: None,
        }),
    }
}

/// How long stdin may be silent before that is worth a word.
const SILENCE: Duration = Duration::from_secs(2);

/// Says on stderr that stdin is waited for, unless what this returns is dropped before.
fn tell_of_waiting() -> Sender<()> {
    let (sender, dropped) = mpsc::channel::<()>();
    std::thread::spawn(move || {
        if dropped.recv_timeout(SILENCE) == Err(RecvTimeoutError::Timeout) {
            note(
                "waiting for stdin, which is no terminal and goes before the prompt; `</dev/null` says that there is nothing",
            );
        }
    });
    sender
}

//! From an entry and a request to an answer.

use super::entry::{Said, Tokens};
use crate::answer::{self, Answer, Block, Stop, signature};
use crate::cache;
use crate::converse::Call;

/// The answer that an entry gives to a call, or what keeps it from being given. `counted` is what
/// the input comes to.
pub(crate) fn answer(
    call: &Call<'_>,
    counted: cache::Usage,
    blocks: Option<&[Said]>,
    stop: Option<&'static str>,
    usage: Tokens,
) -> Result<Answer, String> {
    let mut answer = match blocks {
        None => answer::compose(call, counted),
        Some(said) => {
            check_tools(call, said)?;
            let mut blocks = Vec::new();
            for block in said {
                blocks.push(spoken(call, block, &blocks));
            }
            let stop = derived_stop(&blocks);
            answer::of(call, counted, blocks, stop)
        }
    };
    if let Some(reason) = stop {
        answer.stop = Stop::Said(reason);
    }
    usage.apply(&mut answer.usage);
    Ok(answer)
}

fn derived_stop(blocks: &[Block]) -> Stop {
    let calls = blocks
        .iter()
        .any(|block| matches!(block, Block::ToolUse { .. }));
    if calls { Stop::ToolUse } else { Stop::EndTurn }
}

/// A model can only call what it was offered.
fn check_tools(call: &Call<'_>, said: &[Said]) -> Result<(), String> {
    let offered: Vec<&str> = call.request.tool_names().collect();
    let called = said.iter().filter_map(|block| match block {
        Said::ToolUse { name, .. } => Some(name.as_str()),
        _ => None,
    });
    match called.into_iter().find(|name| !offered.contains(name)) {
        None => Ok(()),
        Some(name) if offered.is_empty() => Err(format!(
            "it calls the tool `{name}`, and the request offers no tools; add the tool to \
             `toolConfig.tools`"
        )),
        Some(name) => Err(format!(
            "it calls the tool `{name}`, which the request does not offer; call one of `{}`, or \
             add the tool to `toolConfig.tools`",
            offered.join("`, `")
        )),
    }
}

/// A block as this model sends it on this request, after those before it.
fn spoken(call: &Call<'_>, said: &Said, before: &[Block]) -> Block {
    match said {
        Said::Thinking(text) => answer::thinking(call, text.clone(), before),
        Said::Redacted(text) => Block::Redacted(signature::encrypted(text)),
        Said::Text(text) => Block::Text(text.clone()),
        Said::ToolUse { name, input, id } => Block::ToolUse {
            id: id
                .clone()
                .unwrap_or_else(|| answer::identifier(call, before.len())),
            name: name.clone(),
            input: input.clone(),
        },
    }
}

impl Tokens {
    fn apply(self, usage: &mut answer::Usage) {
        let members = [
            (self.input, &mut usage.input.input_tokens),
            (self.cache_read, &mut usage.input.cache_read_input_tokens),
            (
                self.cache_write_5m,
                &mut usage.input.cache_write_5m_input_tokens,
            ),
            (
                self.cache_write_1h,
                &mut usage.input.cache_write_1h_input_tokens,
            ),
            (self.output, &mut usage.output),
        ];
        for (said, counted) in members {
            if let Some(tokens) = said {
                *counted = tokens;
            }
        }
    }
}

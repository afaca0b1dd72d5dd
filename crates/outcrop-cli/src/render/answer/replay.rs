//! An answer that came whole, as the events of a stream that would have brought it, so that a
//! reader of events needs to know of nothing else.

use outcrop::converse::{
    BlockStart, ContentBlockDelta, ContentBlockStart, ContentBlockStop, MessageStart, MessageStop,
    Metadata, ReasoningContent, ToolUseDelta, ToolUseStart,
};
use outcrop::{ContentBlock, Delta, Event, ReasoningDelta, Response};

pub(super) fn events(response: Response) -> Vec<Event> {
    let message = response.output.message;
    let mut events = vec![Event::MessageStart(MessageStart { role: message.role })];
    for (index, block) in (0..).zip(message.content) {
        events.extend(block_events(index, block));
    }
    events.push(Event::MessageStop(MessageStop {
        stop_reason: response.stop_reason,
        additional_model_response_fields: response.additional_model_response_fields,
    }));
    events.push(Event::Metadata(Metadata {
        usage: response.usage,
        metrics: response.metrics,
        rest: response.rest,
    }));
    events
}

fn block_events(index: u32, block: ContentBlock) -> Vec<Event> {
    let (start, deltas) = taken_apart(block);
    let start = start.map(|start| {
        Event::ContentBlockStart(ContentBlockStart {
            content_block_index: index,
            start,
        })
    });
    let deltas = deltas.into_iter().map(|delta| {
        Event::ContentBlockDelta(ContentBlockDelta {
            content_block_index: index,
            delta,
        })
    });
    let stop = Event::ContentBlockStop(ContentBlockStop {
        content_block_index: index,
    });
    start.into_iter().chain(deltas).chain([stop]).collect()
}

/// What begins a block, where something does, and what is added to it.
fn taken_apart(block: ContentBlock) -> (Option<BlockStart>, Vec<Delta>) {
    match block {
        ContentBlock::Text(text) => (None, vec![Delta::Text(text)]),
        ContentBlock::Reasoning(reasoning) => (None, reasoning_deltas(reasoning)),
        ContentBlock::ToolUse(tool_use) => {
            let start = BlockStart::ToolUse(ToolUseStart {
                tool_use_id: tool_use.tool_use_id,
                name: tool_use.name,
                rest: tool_use.rest,
            });
            let input = tool_use.input.get().to_owned();
            (Some(start), vec![Delta::ToolUse(ToolUseDelta { input })])
        }
        ContentBlock::Citations(cited) => {
            let texts = cited.texts().map(|text| Delta::Text(text.to_owned()));
            let citations = cited.citations.iter().flatten().cloned();
            let deltas = texts.chain(citations.map(Delta::Citation)).collect();
            (None, deltas)
        }
        block => (begun_whole(&block), Vec::new()),
    }
}

/// A block that streams do not know begins whole.
fn begun_whole(block: &ContentBlock) -> Option<BlockStart> {
    let json = serde_json::to_string(block).ok()?;
    serde_json::from_str(&json).ok()
}

fn reasoning_deltas(reasoning: ReasoningContent) -> Vec<Delta> {
    let deltas = match reasoning {
        ReasoningContent::Text(reasoning) => {
            let signature = reasoning.signature.map(ReasoningDelta::Signature);
            let text = ReasoningDelta::Text(reasoning.text);
            [text].into_iter().chain(signature).collect()
        }
        ReasoningContent::Redacted(content) => vec![ReasoningDelta::Redacted(content)],
        ReasoningContent::Other(name, value) => vec![ReasoningDelta::Other(name, value)],
        _ => Vec::new(),
    };
    deltas.into_iter().map(Delta::Reasoning).collect()
}

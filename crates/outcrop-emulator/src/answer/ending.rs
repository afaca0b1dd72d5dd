//! Where an answer ends before it is complete: at a stop sequence, or at the limit of tokens.

use super::{Block, CHARACTERS_PER_TOKEN, Stop};
use crate::request::{Request, list};

/// Cuts the blocks as the request asks, and says why the answer ends.
pub(super) fn apply(blocks: &mut Vec<Block>, request: &Request) -> Stop {
    let mut stop = Stop::EndTurn;
    if let Some(limit) = request.max_tokens() {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        if cut(blocks, limit.saturating_mul(CHARACTERS_PER_TOKEN)) {
            stop = Stop::MaxTokens;
        }
    }
    match stop_at_sequence(blocks, request) {
        Some(sequence) => Stop::Sequence(sequence),
        None => stop,
    }
}

/// Keeps that many characters, thinking first, and says whether anything was lost.
fn cut(blocks: &mut Vec<Block>, characters: usize) -> bool {
    let mut left = characters;
    let mut lost = false;
    for block in blocks.iter_mut() {
        let (Block::Reasoning { text, .. } | Block::Text(text)) = block else {
            continue;
        };
        if let Some((end, _)) = text.char_indices().nth(left) {
            text.truncate(end);
            lost = true;
        }
        left -= text.chars().count();
    }
    blocks.retain(|block| *block != Block::Text(String::new()));
    lost
}

/// Ends the text before the first stop sequence that it contains. Thinking is not searched.
fn stop_at_sequence(blocks: &mut Vec<Block>, request: &Request) -> Option<String> {
    let sequences = list(request.inference("stopSequences", "stop_sequences"));
    let Some(Block::Text(text)) = blocks.last_mut() else {
        return None;
    };
    let (end, sequence) = sequences
        .iter()
        .filter_map(|sequence| sequence.as_str())
        .filter_map(|sequence| Some((text.find(sequence)?, sequence)))
        .min_by_key(|(position, _)| *position)?;
    text.truncate(end);
    if text.is_empty() {
        blocks.pop();
    }
    Some(sequence.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn ended(inference: serde_json::Value, text: &str) -> (Stop, Vec<Block>) {
        let mut blocks = vec![Block::Text(text.to_owned())];
        let request = Request::from(json!({ "inferenceConfig": inference }));
        (apply(&mut blocks, &request), blocks)
    }

    #[test]
    fn the_earliest_sequence_wins() {
        let (stop, blocks) = ended(
            json!({ "stopSequences": ["four", "two"] }),
            "one two three four",
        );
        assert_eq!(stop, Stop::Sequence("two".to_owned()));
        assert_eq!(blocks, [Block::Text("one ".to_owned())]);
    }

    #[test]
    fn a_limit_cuts_between_characters() {
        let (stop, blocks) = ended(json!({ "maxTokens": 1 }), "ééééé");
        assert_eq!(stop, Stop::MaxTokens);
        assert_eq!(blocks, [Block::Text("éééé".to_owned())]);
    }

    #[test]
    fn a_sequence_beyond_the_limit_is_not_reached() {
        let (stop, _) = ended(json!({ "maxTokens": 1, "stopSequences": ["z"] }), "abcdz");
        assert_eq!(stop, Stop::MaxTokens);
    }
}

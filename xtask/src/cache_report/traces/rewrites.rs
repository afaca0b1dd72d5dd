//! Histories that are rewritten, so that a prompt is no longer the last one and something more.

use outcrop_converse::{ContentBlock, Conversation, Role, ToolResult};

use super::Call;
use super::talk::{AT_ONCE, SOON, Talk};

/// A tool loop whose every tenth call asks for a summary, which then stands for all that was said.
pub(super) fn summed_up() -> Vec<Call> {
    let mut talk = Talk::new(7);
    for _ in 0..4 {
        // The task, or the summary of what was done about it.
        talk.conversation.messages.clear();
        talk.say(Role::User, 400);
        talk.send(AT_ONCE);
        for _ in 0..8 {
            talk.tools(2);
            talk.send(AT_ONCE);
        }
        talk.turn();
        talk.send(AT_ONCE);
    }
    talk.calls
}

/// A chat whose last message brings what was looked up for it, which the history leaves out.
pub(super) fn looked_up() -> Vec<Call> {
    let mut talk = Talk::new(9);
    for _ in 0..24 {
        talk.turn();
        let found = talk.words.text(250);
        let question = talk.send(SOON).conversation.messages.last_mut();
        if let Some(question) = question {
            question.content.insert(0, ContentBlock::Text(found));
        }
    }
    talk.calls
}

/// A chat in which every message of the user is sent, edited and sent again.
pub(super) fn edited() -> Vec<Call> {
    let mut talk = Talk::new(10);
    for _ in 0..12 {
        talk.turn();
        let draft = vec![ContentBlock::Text(talk.words.text(50))];
        if let Some(last) = talk.send(SOON).conversation.messages.last_mut() {
            last.content = draft;
        }
        talk.send(SOON);
    }
    talk.calls
}

/// How many turns keep the results of their tools.
const KEPT: usize = 3;

/// A tool loop that sends the results of its last turns only. Each call clears one turn more, in
/// the middle of the prompt.
pub(super) fn cleared() -> Vec<Call> {
    let mut talk = Talk::new(8);
    talk.turn();
    talk.send(0);
    for _ in 1..32 {
        talk.tools(3);
        talk.send(AT_ONCE);
    }
    for call in &mut talk.calls {
        clear_results(&mut call.conversation);
    }
    talk.calls
}

/// Clears all results of tools but those of the last turns.
fn clear_results(conversation: &mut Conversation) {
    let has_results = |block: &ContentBlock| matches!(block, ContentBlock::ToolResult(_));
    let messages = conversation.messages.iter_mut().rev();
    let answers = messages.filter(|message| message.content.iter().any(has_results));
    for message in answers.skip(KEPT) {
        for block in &mut message.content {
            if let ContentBlock::ToolResult(result) = block {
                *result = ToolResult::text(result.tool_use_id.clone(), "[cleared]");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many leading messages of the two are the same.
    fn shared(one: &Conversation, next: &Conversation) -> usize {
        let pairs = one.messages.iter().zip(&next.messages);
        pairs.take_while(|(one, next)| one == next).count()
    }

    #[test]
    fn every_call_clears_one_more_turn_and_keeps_the_last_three() {
        let calls = cleared();
        for (index, pair) in calls.windows(2).enumerate() {
            let (one, next) = (&pair[0].conversation, &pair[1].conversation);
            // The task, and two messages for each turn that was cleared before.
            let before = 1 + 2 * index.saturating_sub(KEPT);
            let expected = match index < KEPT {
                true => one.messages.len(),
                false => before + 1,
            };
            assert_eq!(shared(one, next), expected, "{index}");
        }
    }

    #[test]
    fn every_tenth_call_ends_a_history() {
        let calls = summed_up();
        assert_eq!(calls.len(), 40);
        for (index, pair) in calls.windows(2).enumerate() {
            let (one, next) = (&pair[0].conversation, &pair[1].conversation);
            let expected = match (index + 1) % 10 {
                0 => 0,
                _ => one.messages.len(),
            };
            assert_eq!(shared(one, next), expected, "{index}");
        }
    }
}

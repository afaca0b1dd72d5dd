//! The example of the agent loop.

use outcrop::converse::ToolResultBlock;
use outcrop::{ContentBlock, Conversation};

#[path = "../../examples/agent_loop.rs"]
#[allow(dead_code)]
mod agent_loop;

/// What the tools were found to give, in order.
fn results(conversation: &Conversation) -> Vec<&str> {
    let blocks = conversation.messages.iter().flat_map(|it| &it.content);
    blocks
        .filter_map(|block| match block {
            ContentBlock::ToolResult(result) => match &result.content[..] {
                [ToolResultBlock::Text(text)] => Some(text.as_str()),
                _ => None,
            },
            _ => None,
        })
        .collect()
}

#[tokio::test]
async fn the_agent_runs_its_tools_until_the_answer_is_complete() {
    let mut shown = String::new();
    let session = agent_loop::run(|text| shown.push_str(text)).await.unwrap();
    let conversation = session.conversation();
    assert_eq!(
        shown,
        "Let me look both up. Lisbon is 17.5 degrees warmer than Oslo."
    );
    assert_eq!(results(conversation), ["21.5", "4", "17.5"]);
    assert_eq!(conversation.messages.len(), 6);
    assert_eq!(session.spending().calls, 3);
}

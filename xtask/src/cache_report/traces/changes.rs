//! Chats in which something changes that stands before the messages.

use outcrop_converse::{Members, SystemBlock, ToolChoice, ToolConfig};
use outcrop_policy::ThinkingBudget;

use super::Call;
use super::chats::chat;
use super::talk::{AT_ONCE, SOON};
use crate::cache_report::words::Words;

/// A chat whose system prompt says what time it is.
pub(super) fn dated() -> Vec<Call> {
    let mut calls = chat(20, SOON);
    for call in &mut calls {
        let (hours, minutes, seconds) = (call.at / 3600, call.at / 60 % 60, call.at % 60);
        let time = format!("It is {:02}:{minutes:02}:{seconds:02}.", 9 + hours);
        call.conversation.system.insert(0, SystemBlock::Text(time));
    }
    calls
}

/// A chat with something more to remember in each turn.
pub(super) fn growing_system() -> Vec<Call> {
    let mut words = Words::new(5);
    let mut calls = chat(20, SOON);
    let notes: Vec<_> = calls.iter().map(|_| words.text(30)).collect();
    for (turn, call) in calls.iter_mut().enumerate() {
        let notes = notes[..turn].iter().cloned().map(SystemBlock::Text);
        call.conversation.system.extend(notes);
    }
    calls
}

/// A chat whose tools come out of a map without order.
pub(super) fn reordered_tools() -> Vec<Call> {
    let mut words = Words::new(6);
    let mut calls = chat(20, SOON);
    for call in &mut calls {
        let Some(ToolConfig { tools, .. }) = &mut call.conversation.tools else {
            continue;
        };
        for last in (1..tools.len()).rev() {
            tools.swap(last, words.number() as usize % (last + 1));
        }
    }
    calls
}

/// A chat in which thinking is turned on for two stretches and a tool call is forced once.
pub(super) fn settings() -> Vec<Call> {
    let mut calls = chat(20, SOON);
    for (turn, call) in calls.iter_mut().enumerate() {
        if (8..12).contains(&turn) || (17..20).contains(&turn) {
            call.thinking = Some(ThinkingBudget::tokens(2048));
        }
        if let (14, Some(tools)) = (turn, &mut call.conversation.tools) {
            tools.tool_choice = Some(ToolChoice::Any(Members::default()));
        }
    }
    calls
}

/// A planner and a worker, who speak in turn: one history, and a system prompt each.
pub(super) fn two_agents() -> Vec<Call> {
    let worker = Words::new(9).text(2200);
    let mut calls = chat(24, AT_ONCE);
    for call in calls.iter_mut().skip(1).step_by(2) {
        call.conversation.system = vec![SystemBlock::Text(worker.clone())];
    }
    calls
}

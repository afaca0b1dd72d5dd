//! How the model may call tools.

use crate::render::check;

#[test]
fn it_becomes_auto_while_the_model_thinks() {
    check(
        "claude-sonnet-4-5",
        "budget=8192 tool=forced",
        "enabled:8192 beta tool=auto | tool-choice.made-auto",
    );
    check(
        "claude-opus-4-6",
        "budget=adaptive tool=forced",
        "adaptive:high tool=auto | tool-choice.made-auto",
    );
    check("claude-sonnet-4-5", "tool=forced", "|");
    check("claude-opus-4-8", "tool=forced", "|");
    check("amazon.nova-lite-v1:0", "tool=forced", "|");
}

#[test]
fn it_becomes_auto_on_a_model_that_thinks_by_default_and_is_not_turned_off() {
    check(
        "claude-opus-5",
        "tool=forced",
        "tool=auto | tool-choice.made-auto",
    );
    check("claude-opus-5", "budget=none tool=forced", "disabled |");
    check(
        "claude-sonnet-5-5",
        "budget=none tool=forced",
        "between_tools tool=auto | thinking.least-available tool-choice.made-auto",
    );
    check(
        "claude-fable-5",
        "tool=forced",
        "tool=auto | tool-choice.made-auto",
    );
}

#[test]
fn one_call_at_a_time_is_asked_of_claude_alone() {
    check("claude-sonnet-4-5", "parallel=false", "one-call |");
    check("claude-sonnet-4-5", "parallel=true", "|");
    check(
        "amazon.nova-lite-v1:0",
        "parallel=false",
        "| option.ignored",
    );
    check("amazon.nova-lite-v1:0", "parallel=true", "|");
}

//! A decision in one line, so that a case is one line.

use outcrop_policy::{
    Decision, Effort, Level, Model, ModelId, Request, Thinking, ThinkingBudget, ThinkingDisplay,
    decide,
};

/// Decides for `model`, whose ID may leave out `anthropic.`, under settings such as
/// `budget=8192 max=16384 t=0.5`.
pub(crate) fn decided(model: &str, settings: &str) -> Decision {
    decide(&resolve(model), &request(settings))
}

pub(crate) fn resolve(model: &str) -> Model {
    let id = if model.starts_with("claude-") {
        format!("anthropic.{model}")
    } else {
        model.into()
    };
    Model::resolve(ModelId::new(&id), None)
}

/// Asserts the decision, rendered as `SENT | CODES`.
#[track_caller]
pub(crate) fn check(model: &str, settings: &str, expected: &str) {
    assert_eq!(
        render(&decided(model, settings)),
        expected,
        "{model} {settings}"
    );
}

pub(crate) fn request(settings: &str) -> Request {
    let mut request = Request::default();
    for setting in settings.split_whitespace() {
        let (name, value) = setting.split_once('=').expect("NAME=VALUE");
        match name {
            "budget" => request.thinking_budget = Some(budget(value)),
            "max" => request.max_tokens = Some(value.parse().expect("a count")),
            "t" => request.temperature = Some(value.parse().expect("a number")),
            "p" => request.top_p = Some(value.parse().expect("a number")),
            "k" => request.top_k = Some(value.parse().expect("a count")),
            "interleaved" => request.interleaved_thinking = Some(value == "true"),
            "tool" => request.forces_tool_use = value == "forced",
            "parallel" => request.parallel_tool_calls = Some(value == "true"),
            "display" => {
                request.thinking_display = Some(match value {
                    "summarized" => ThinkingDisplay::Summarized,
                    _ => ThinkingDisplay::Omitted,
                });
            }
            _ => panic!("unknown setting {name}"),
        }
    }
    request
}

pub(crate) fn budget(word: &str) -> ThinkingBudget {
    let effort = |word: &str| {
        Effort::ALL
            .into_iter()
            .find(|effort| effort.as_str() == word)
    };
    let level = |word: &str| Level::ALL.into_iter().find(|level| level.as_str() == word);
    match word.split_once('/') {
        Some((_, word)) => ThinkingBudget::Adaptive(Some(effort(word).expect("an effort"))),
        None if word == "none" => ThinkingBudget::Off,
        None if word == "adaptive" => ThinkingBudget::Adaptive(None),
        None => level(word).map_or_else(
            || ThinkingBudget::tokens(word.parse().expect("a count")),
            ThinkingBudget::Level,
        ),
    }
}

pub(crate) fn render(decision: &Decision) -> String {
    let mut sent = Vec::new();
    sent.extend(decision.thinking.map(thinking));
    sent.extend(decision.betas.iter().map(|_| "beta".to_owned()));
    sent.extend(decision.sampling.temperature.map(|it| format!("t={it}")));
    sent.extend(decision.sampling.top_p.map(|it| format!("p={it}")));
    sent.extend(
        decision
            .sampling
            .top_k
            .map(|(field, it)| format!("k={it}:{field:?}")),
    );
    if decision.one_tool_call_at_a_time {
        sent.push("one-call".to_owned());
    }
    if decision.makes_tool_choice_auto {
        sent.push("tool=auto".to_owned());
    }
    let codes: Vec<_> = decision.adjustments.iter().map(|it| it.code()).collect();
    format!("{} | {}", sent.join(" "), codes.join(" "))
        .trim()
        .to_owned()
}

fn thinking(thinking: Thinking) -> String {
    let (word, display) = match thinking {
        Thinking::Enabled { budget, display } => (format!("enabled:{}", budget.get()), display),
        Thinking::Adaptive { effort, display } => (
            format!("adaptive:{}", effort.map_or("-", Effort::as_str)),
            display,
        ),
        Thinking::Disabled => ("disabled".to_owned(), None),
        Thinking::BetweenTools => ("between_tools".to_owned(), None),
    };
    display.map_or(word.clone(), |display| {
        format!("{word}:{}", display.as_str())
    })
}

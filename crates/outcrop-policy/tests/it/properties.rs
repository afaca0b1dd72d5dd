//! What holds for any model and any request.

use outcrop_policy::{
    Adjustment, Effort, Geography, Level, Model, ModelId, Request, TABLE, Thinking, ThinkingBudget,
    ThinkingDisplay, check_route, decide,
};
use proptest::prelude::*;

fn any_budget() -> impl Strategy<Value = ThinkingBudget> {
    prop_oneof![
        Just(ThinkingBudget::Off),
        any::<i64>().prop_map(ThinkingBudget::tokens),
        (-2_i64..70_000).prop_map(ThinkingBudget::tokens),
        proptest::sample::select(Level::ALL.to_vec()).prop_map(ThinkingBudget::Level),
        proptest::option::of(proptest::sample::select(Effort::ALL.to_vec()))
            .prop_map(ThinkingBudget::Adaptive),
    ]
}

fn any_request() -> impl Strategy<Value = Request> {
    let display = prop_oneof![
        Just(ThinkingDisplay::Summarized),
        Just(ThinkingDisplay::Omitted)
    ];
    (
        proptest::option::of(any_budget()),
        proptest::option::of(display),
        proptest::option::of(any::<bool>()),
        proptest::option::of(1_u32..140_000),
        proptest::option::of(0.0..=1.0),
        proptest::option::of(0.0..=1.0),
        proptest::option::of(0_u32..500),
        any::<bool>(),
    )
        .prop_map(
            |(budget, display, interleaved, max, t, p, k, forced)| Request {
                thinking_budget: budget,
                thinking_display: display,
                interleaved_thinking: interleaved,
                max_tokens: max,
                temperature: t,
                top_p: p,
                top_k: k,
                parallel_tool_calls: forced.then_some(false),
                forces_tool_use: forced,
            },
        )
}

fn any_model() -> impl Strategy<Value = String> {
    let known =
        proptest::sample::select(TABLE).prop_map(|row| format!("us.anthropic.{}", row.name));
    prop_oneof![
        4 => known,
        1 => "(global|us|xx)\\.anthropic\\.claude-(haiku|sonnet|opus|fable|saga)-[3-7](-[0-9])?",
        1 => "arn:aws:bedrock:[a-z-]{0,12}:[0-9]{0,12}:[a-z-]{0,20}/[a-z0-9.:-]{0,20}",
        1 => "(amazon\\.nova|openai\\.gpt|meta\\.llama)-?[a-z0-9.-]{0,10}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn a_budget_that_is_sent_lies_in_its_range(id in any_model(), request in any_request()) {
        let model = Model::resolve(ModelId::new(&id), None);
        if let Some(Thinking::Enabled { budget, .. }) = decide(&model, &request).thinking {
            prop_assert!(budget.get() >= 1024);
            if let Some(limit) = request.max_tokens.or(model.max_output()) {
                prop_assert!(budget.get() < u64::from(limit));
            }
        }
    }

    #[test]
    fn effort_never_rises(id in any_model(), request in any_request()) {
        let decision = decide(&Model::resolve(ModelId::new(&id), None), &request);
        if let Some(Thinking::Adaptive { effort: Some(sent), .. }) = decision.thinking {
            let asked = match request.thinking_budget {
                Some(ThinkingBudget::Level(level)) => level.effort(),
                Some(ThinkingBudget::Adaptive(effort)) => effort.unwrap_or(Effort::High),
                Some(ThinkingBudget::Tokens(count)) => Effort::for_tokens(count.get().unsigned_abs()),
                other => panic!("{other:?} made the model think"),
            };
            prop_assert!(sent <= asked);
        }
    }

    #[test]
    fn every_change_is_reported(id in any_model(), request in any_request()) {
        let decision = decide(&Model::resolve(ModelId::new(&id), None), &request);
        let has = |prefix: &str| decision.adjustments.iter().any(|it| it.code().starts_with(prefix));
        let as_asked = match (request.thinking_budget, decision.thinking) {
            (None | Some(ThinkingBudget::Off), None) => true,
            (Some(ThinkingBudget::Off), Some(Thinking::Disabled)) => true,
            (Some(ThinkingBudget::Tokens(asked)), Some(Thinking::Enabled { budget, .. })) => {
                i128::from(asked.get()) == i128::from(budget.get())
            }
            (Some(ThinkingBudget::Level(level)), Some(Thinking::Enabled { budget, .. })) => {
                level.tokens() == budget.get()
            }
            (Some(ThinkingBudget::Adaptive(None)), Some(Thinking::Adaptive { .. })) => true,
            (Some(ThinkingBudget::Adaptive(asked)), Some(Thinking::Adaptive { effort, .. })) => {
                asked == effort
            }
            _ => false,
        };
        prop_assert!(as_asked || has("thinking."));
        prop_assert_eq!(decision.max_tokens, request.max_tokens);
        let sampling = &decision.sampling;
        let sampling_kept = sampling.temperature == request.temperature
            && sampling.top_p == request.top_p
            && sampling.top_k.map(|(_, k)| k) == request.top_k;
        prop_assert_eq!(sampling_kept, !has("sampling."));
        prop_assert_eq!(decision.makes_tool_choice_auto, has("tool-choice."));
        prop_assert!(request.forces_tool_use || !decision.makes_tool_choice_auto);
        let beta_as_asked = request.interleaved_thinking != Some(decision.betas.is_empty());
        prop_assert!(beta_as_asked || has("interleaved."));
    }

    #[test]
    fn nothing_is_invented(id in any_model()) {
        let decision = decide(&Model::resolve(ModelId::new(&id), None), &Request::default());
        prop_assert_eq!(decision.thinking, None);
        prop_assert_eq!(decision.max_tokens, None);
        prop_assert_eq!(decision.sampling.temperature, None);
        prop_assert!(decision.betas.is_empty());
    }

    #[test]
    fn nothing_is_allocated_when_there_is_nothing_to_report(id in any_model(), request in any_request()) {
        let adjustments = decide(&Model::resolve(ModelId::new(&id), None), &request).adjustments;
        prop_assert_eq!(adjustments.is_empty(), adjustments.capacity() == 0);
    }

    #[test]
    fn no_string_makes_it_panic(id in any::<String>(), base in any::<String>(), region in any::<String>()) {
        let model = Model::resolve(ModelId::new(&id), Some(&base));
        let _ = check_route(&model, &region);
        let _ = Geography::from_prefix(&id).serves(&region);
        for adjustment in decide(&model, &Request::default()).adjustments {
            prop_assert!(!adjustment.to_string().is_empty());
        }
    }

    #[test]
    fn only_a_predicted_refusal_or_an_unknown_model_sends_what_the_model_does_not_take(
        row in proptest::sample::select(TABLE), request in any_request()
    ) {
        let model = Model::resolve(ModelId::new(&format!("anthropic.{}", row.name)), None);
        let decision = decide(&model, &request);
        let predicted = decision.adjustments.iter().any(Adjustment::predicts_refusal);
        if let Some(Thinking::Adaptive { effort: Some(effort), .. }) = decision.thinking {
            let offered = row.efforts.is_some_and(|efforts| efforts.contains(&effort));
            prop_assert!(predicted || offered);
        }
    }
}

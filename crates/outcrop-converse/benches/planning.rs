//! How long it takes to plan the cache points of a conversation, and that it is linear in its
//! length: `cargo bench -p outcrop-converse`.

#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::time::{Duration, Instant, SystemTime};

use outcrop_converse::{
    CacheMemory, CacheSettings, Conversation, Members, Message, Remembered, Settings, plan_cache,
    prepare,
};
use outcrop_policy::{Model, ModelId, Request, decide};

const RUNS: usize = 41;
/// Bytes of a message: an agent's are about so long on average.
const BYTES: usize = 600;

/// A conversation of so many messages of a tool loop.
fn conversation(messages: usize) -> Conversation {
    let text = "The river turns granite into sand. ".repeat(BYTES / 35);
    let mut json = String::from("[");
    for index in 0..messages {
        let call = index / 2;
        json.push_str(&match index % 2 {
            0 if index == 0 => r#"{"role":"user","content":[{"text":"Go."}]}"#.to_owned(),
            0 => format!(
                r#",{{"role":"user","content":[{{"toolResult":{{"toolUseId":"t{}","content":[{{"text":"{text}"}}]}}}}]}}"#,
                call - 1
            ),
            _ => format!(
                r#",{{"role":"assistant","content":[{{"text":"{text}"}},{{"toolUse":{{"toolUseId":"t{call}","name":"look","input":{{"path":"{call}"}}}}}}]}}"#
            ),
        });
    }
    json.push(']');
    let mut conversation: Conversation = serde_json::from_str(&json).expect("a conversation");
    if messages.is_multiple_of(2) {
        let call = messages / 2 - 1;
        let result = outcrop_converse::ToolResult::text(format!("t{call}"), text);
        conversation.messages.push(Message::tool_results([result]));
    }
    conversation.with_system("Be brief. ".repeat(500))
}

/// The median of many runs.
fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn main() {
    let model = Model::resolve(ModelId::new("anthropic.claude-opus-4-8"), None);
    let decision = decide(&model, &Request::default());
    let fields = Members::default();
    let mut memory = CacheMemory::default();
    let now = SystemTime::now();
    println!("messages  plan  plan with a memory  per message  whole request without points");
    for messages in [250, 500, 1000, 2000, 4000] {
        let conversation = conversation(messages);
        let settings = |cache| Settings {
            decision: &decision,
            stop_sequences: &[],
            additional_fields: &fields,
            cache,
        };
        let stateless = settings(CacheSettings::new(&model));
        let plan = plan_cache(&conversation, &stateless).expect("a plan");
        assert!(!plan.points.is_empty());
        memory.observe(&plan, None, now);
        let remembering = settings(CacheSettings {
            memory: Some(Remembered {
                memory: &memory,
                now,
            }),
            ..CacheSettings::new(&model)
        });
        let off = settings(CacheSettings {
            caching: outcrop_policy::Caching::None,
            ..CacheSettings::new(&model)
        });
        let alone = median(|| {
            black_box(plan_cache(black_box(&conversation), &stateless).expect("a plan"));
        });
        let with_memory = median(|| {
            black_box(plan_cache(black_box(&conversation), &remembering).expect("a plan"));
        });
        let whole = median(|| {
            black_box(prepare(black_box(&conversation), &off).expect("a request"));
        });
        println!(
            "{messages:8}  {alone:?}  {with_memory:?}  {:?}  {whole:?}",
            with_memory / messages as u32
        );
    }
}

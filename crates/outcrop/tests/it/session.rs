//! Sessions against the emulator and its simulated prompt cache, by a clock that both follow.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use outcrop::converse::{CacheTtl, Cost, PassedOverReason, SystemBlock};
use outcrop::{Conversation, Message, Prepared, Reply, Session, ToolResult, ToolSpec};
use outcrop_emulator::{Emulator, EmulatorConfig};

use crate::support::{model, offline};

const OPUS: &str = "us.anthropic.claude-opus-4-8";

/// An emulator and a session whose clocks go together.
struct Stand {
    emulator: Emulator,
    session: Session,
    seconds: Arc<AtomicU64>,
}

/// What a call was expected to come to, and what came.
struct Called {
    planned: Prepared,
    reply: Reply,
}

impl Stand {
    async fn start(settings: &str, script: &str, conversation: Conversation) -> Self {
        let emulator = Emulator::start(EmulatorConfig {
            script: script.parse().expect("a script"),
            ..EmulatorConfig::default()
        });
        let emulator = emulator.await.expect("a free port");
        let yaml =
            format!("models:\n  m:\n    provider: amazon-bedrock\n    model: {OPUS}\n{settings}");
        let model = model(&yaml);
        let client = model.connect(&offline(&model, &emulator)).await;
        let client = client.expect("a client");
        let seconds = Arc::new(AtomicU64::new(1_800_000_000));
        let clock = Arc::clone(&seconds);
        let now = move || {
            let since = Duration::from_secs(clock.load(Ordering::Relaxed));
            SystemTime::UNIX_EPOCH + since
        };
        Self {
            emulator,
            session: client.session(conversation).with_clock(now),
            seconds,
        }
    }

    fn advance(&self, seconds: u64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
        self.emulator.advance(Duration::from_secs(seconds));
    }

    async fn call(&mut self) -> Called {
        let planned = self.session.prepare().expect("a request");
        let reply = self.session.reply().await.expect("an answer");
        Called { planned, reply }
    }

    /// The user says something, and the model answers.
    async fn say(&mut self, text: &str) -> Called {
        self.session.push(Message::user(text));
        self.call().await
    }
}

impl Called {
    fn read(&self) -> u64 {
        let usage = self.reply.response.usage.as_ref();
        usage.expect("usage").counts().read
    }

    fn written(&self) -> (u64, u64) {
        let usage = self.reply.response.usage.as_ref();
        let counts = usage.expect("usage").counts();
        (counts.written_5m, counts.written_1h)
    }

    /// What `cache.missed` says, where it is there.
    fn missed(&self) -> Option<(String, String)> {
        let adjustments = self.reply.adjustments.iter();
        let mut missed = adjustments.filter(|it| it.code() == "cache.missed");
        let first = missed.next().map(|it| (it.path(None), it.to_string()));
        assert!(missed.next().is_none(), "one miss a call");
        first
    }
}

fn words(count: usize) -> String {
    "word ".repeat(count)
}

fn tools() -> [ToolSpec; 3] {
    ["read", "search", "list"].map(|name| {
        let schema = r#"{"type": "object", "properties": {"path": {"type": "string"}}}"#;
        ToolSpec::parse(name, words(200), schema).expect("a tool")
    })
}

fn agent() -> Conversation {
    let question = Conversation::from("What is in the repository?");
    question.with_system(words(3_000)).with_tools(tools())
}

/// What may differ between an estimate that the service has corrected and its own count.
fn is_about(expected: u64, counted: u64) -> bool {
    (expected as f64 - counted as f64).abs() <= 50.0 + 0.1 * counted as f64
}

#[tokio::test]
async fn a_tool_loop_reads_and_writes_what_was_planned() {
    let turn = "- answer:\n    - text: Let me look.\n    - tool_use: { name: read, input: { path: a } }\n    - tool_use: { name: search, input: { path: b } }\n  times: 9\n- answer: [{ text: Done. }]\n";
    let mut stand = Stand::start("", turn, agent()).await;
    let mut corrected = 0;
    for call in 0.. {
        assert!(call < 10, "the script has ten turns");
        let called = stand.call().await;
        assert_eq!(called.missed(), None, "call {call}");
        let expected = called.planned.cache.expected;
        assert_eq!(called.read() > 0, call > 0);
        if call > 0 {
            let counted = (called.read(), called.written().0);
            assert!(
                is_about(expected.read, counted.0) && is_about(expected.written_5m, counted.1),
                "call {call}: expected {expected:?}, counted {counted:?}"
            );
            corrected += 1;
        }
        let calls = called.reply.message().tool_uses();
        let results: Vec<_> = calls
            .map(|call| ToolResult::text(&call.tool_use_id, words(400)))
            .collect();
        if results.is_empty() {
            break;
        }
        stand.session.push(Message::tool_results(results));
        stand.advance(20);
    }
    assert_eq!(corrected, 9);
    assert_eq!(stand.session.conversation().messages.len(), 20);
    assert_eq!(stand.session.spending().calls, 10);
    assert!(matches!(stand.session.spending().cost(), Cost::Known(_)));
    assert_eq!(stand.emulator.requests().len(), 10);
}

/// One change may be that to a second system prompt, to and from which a conversation goes.
#[tokio::test]
async fn a_date_in_the_system_prompt_is_named_twice_and_then_planned_around() {
    let conversation = Conversation::from("Hello").with_tools(tools());
    let mut stand = Stand::start("", "[]", conversation).await;
    let mut missed = Vec::new();
    let mut after_messages = Vec::new();
    for call in 0..6 {
        let system = format!("It is {call} o'clock. {}", words(3_000));
        let system = vec![SystemBlock::Text(system)];
        stand.session.conversation_mut().system = system;
        let called = if call == 0 {
            stand.call().await
        } else {
            stand.say(&format!("Question {call}. {}", words(500))).await
        };
        missed.extend(called.missed());
        let points = called.planned.cache.points.iter();
        let places = points.map(|point| point.after.to_string());
        after_messages.push(places.filter(|it| it.starts_with("messages")).count());
        stand.advance(20);
    }
    assert_eq!(missed.len(), 2, "{missed:?}");
    for (path, why) in missed {
        assert_eq!(path, "system[0]");
        assert!(why.contains("system[0] changed; what changes from call to call, such as a date"));
    }
    assert_eq!(after_messages, [1, 2, 0, 0, 0, 0]);
}

#[tokio::test]
async fn gaps_beyond_five_minutes_are_named_and_end_the_writes() {
    let settings = "    provider_opts: { cache_ttl: 5m }\n";
    let mut stand = Stand::start(settings, "[]", agent()).await;
    let first = stand.call().await;
    assert!(first.written().0 > 3_000);
    stand.advance(6 * 60);
    let late = stand.say("And now?").await;
    let (_, why) = late.missed().expect("a miss");
    assert!(
        why.ends_with("it came 6 minutes after that one, and the prefix was kept for 5m"),
        "{why}"
    );
    // One may be a break; four in a row are a habit.
    assert!(late.written().0 > 3_000);
    for _ in 0..2 {
        stand.advance(6 * 60);
        assert!(stand.say("And now?").await.written().0 > 3_000);
    }
    stand.advance(6 * 60);
    let last = stand.say("And now?").await;
    assert_eq!((last.read(), last.written()), (0, (0, 0)));
    let passed_over = &last.planned.cache.passed_over;
    let is_late = |reason| matches!(reason, PassedOverReason::TooLate { .. });
    assert!(passed_over.iter().any(|it| is_late(it.because)));

    stand.advance(6 * 60);
    let later = stand.say("And now?").await;
    assert_eq!((later.missed(), later.written()), (None, (0, 0)));
}

#[tokio::test]
async fn auto_goes_over_to_the_hour_where_the_gaps_ask_for_it() {
    let settings = "    provider_opts: { cache_ttl: auto }\n";
    let mut stand = Stand::start(settings, "[]", agent()).await;
    let mut lifetimes = Vec::new();
    let mut read = Vec::new();
    for call in 0..6 {
        let called = match call {
            0 => stand.call().await,
            _ => stand.say("And now?").await,
        };
        let ttl = called.planned.cache.points.last().map(|point| point.ttl);
        lifetimes.push(ttl);
        read.push(called.read() > 0);
        stand.advance(6 * 60);
    }
    assert_eq!(lifetimes[0], Some(CacheTtl::FiveMinutes));
    assert_eq!(lifetimes[5], Some(CacheTtl::OneHour), "{lifetimes:?}");
    let hour = lifetimes
        .iter()
        .position(|it| *it == Some(CacheTtl::OneHour));
    let hour = hour.expect("an hour");
    assert!(!read[..=hour].contains(&true), "{read:?}");
    assert!(!read[hour + 1..].contains(&false), "{read:?}");
}

#[tokio::test]
async fn a_reordered_tool_is_named() {
    let mut stand = Stand::start("", "[]", agent()).await;
    stand.call().await;
    let [read, search, list] = tools();
    stand.session.conversation_mut().tools = Some([read, list, search].into());
    stand.advance(20);
    let (_, why) = stand.say("And now?").await.missed().expect("a miss");
    assert!(
        why.ends_with("the tools stand in another order, from `list` on"),
        "{why}"
    );
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_the_conversation_as_it_was() {
    let script = "- answer: [{ text: One two three four. }]\n  cut: { after_events: 3 }\n";
    let mut stand = Stand::start("", script, agent()).await;
    let before = stand.session.conversation().clone();
    let error = stand.session.reply().await.expect_err("half an answer");
    assert!(error.partial_message().is_some());
    assert_eq!(stand.session.conversation(), &before);
    let spending = stand.session.spending();
    assert_eq!((spending.calls, spending.cost()), (1, Cost::Unknown));

    // What its prompt wrote is there, and the next call reads it.
    let called = stand.call().await;
    assert!(called.read() > 3_000 && called.written() == (0, 0));
    assert_eq!(stand.session.conversation().messages.len(), 2);
    let cost = stand.session.spending().cost();
    assert!(matches!(cost, Cost::AtLeast(_)), "{cost}");
}

#[tokio::test]
async fn a_refused_call_is_neither_remembered_nor_paid_for() {
    let script = "- error: { status: 400, type: ValidationException, message: No. }\n";
    let mut stand = Stand::start("", script, agent()).await;
    let before = stand.session.clone();
    let error = stand.session.reply().await.expect_err("a refusal");
    assert_eq!(error.kind().as_str(), "InvalidRequest");
    assert_eq!(stand.session.conversation(), before.conversation());
    assert_eq!(stand.session.memory(), before.memory());
    assert_eq!(stand.session.spending(), before.spending());
}

#[tokio::test]
async fn events_can_be_taken_one_by_one_and_the_answer_is_whole_all_the_same() {
    let mut stand = Stand::start("", "[]", agent()).await;
    let mut turn = stand.session.stream().await.expect("an answer");
    let mut text = String::new();
    while let Some(event) = turn.next().await.expect("an event") {
        text.push_str(event.text().unwrap_or_default());
    }
    let reply = turn.finish().await.expect("a reply");
    assert_eq!(reply.message().text(), text);
    assert!(!text.is_empty());
    let last = stand.session.conversation().messages.last();
    assert_eq!(last, Some(reply.message()));
    let counts = reply.response.usage.expect("usage").counts();
    let price = stand.session.client().model().price().expect("a price");
    assert_eq!(reply.cost, Some(price.cost(&counts)));
}

#[tokio::test]
async fn a_dropped_answer_is_not_part_of_the_conversation() {
    let mut stand = Stand::start("", "[]", agent()).await;
    let mut turn = stand.session.stream().await.expect("an answer");
    turn.next().await.expect("an event");
    drop(turn);
    assert_eq!(stand.session.conversation().messages.len(), 1);
    assert_eq!(stand.session.spending().calls, 1);
    let called = stand.call().await;
    assert!(called.read() > 3_000);
}

#[tokio::test]
async fn usage_that_is_not_tracked_teaches_all_the_same() {
    let mut stand = Stand::start("    track_usage: false\n", "[]", agent()).await;
    let called = stand.call().await;
    assert_eq!(
        (&called.reply.response.usage, called.reply.cost),
        (&None, None)
    );
    assert_eq!(stand.session.spending().cost(), Cost::Unknown);
    assert_eq!(stand.session.spending().tokens.prompt(), 0);
    let [read, search, list] = tools();
    stand.session.conversation_mut().tools = Some([list, read, search].into());
    let called = stand.say("And now?").await;
    assert!(called.missed().is_some());
}

#[tokio::test]
async fn another_model_finds_nothing_that_was_cached() {
    let mut stand = Stand::start("", "[]", agent()).await;
    stand.call().await;
    let other = model(
        "models:\n  m:\n    provider: amazon-bedrock\n    model: us.anthropic.claude-opus-5\n",
    );
    let client = other.connect(&offline(&other, &stand.emulator)).await;
    stand.session = stand.session.with_client(client.expect("a client"));
    let called = stand.say("And now?").await;
    let (_, why) = called.missed().expect("a miss");
    assert!(why.ends_with("another model was called"), "{why}");
    assert!(called.read() == 0);
}

#[tokio::test]
async fn a_memory_that_was_kept_goes_on_in_another_session() {
    let mut stand = Stand::start("", "[]", agent()).await;
    stand.call().await;
    stand.session.push(Message::user("And now?"));
    let with = stand.session.prepare().expect("a request").cache;
    let kept = stand.session.memory().clone();
    let conversation = stand.session.conversation().clone();
    let client = stand.session.client().clone();
    let seconds = Arc::clone(&stand.seconds);
    let clock =
        move || SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.load(Ordering::Relaxed));
    let session = client
        .session(conversation)
        .with_memory(kept)
        .with_clock(clock);
    assert_eq!(session.prepare().expect("a request").cache, with);
    assert!(with.expected.read > 3_000 && !with.stateless);
}

/// What `tracing` was told, as text.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("the log").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn what_was_missed_is_told_to_tracing() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish();
    // A subscriber of this thread alone could miss what another thread came upon first.
    tracing::subscriber::set_global_default(subscriber).expect("no other subscriber");
    let mut stand = Stand::start("", "[]", agent()).await;
    stand.call().await;
    // No other test waits for so long.
    stand.advance(8 * 60);
    let (_, why) = stand.say("And now?").await.missed().expect("a miss");
    let log = log.0.lock().expect("the log");
    let log = String::from_utf8_lossy(&log);
    let lines = log.lines().filter(|line| line.contains(&why));
    let lines: Vec<_> = lines.collect();
    assert!(
        matches!(lines.as_slice(), [line] if line.contains("cache.missed")),
        "{log}"
    );
}

#[test]
fn a_reply_can_be_awaited_on_any_thread() {
    fn is_send<T: Send>(_: impl FnOnce(&'static mut Session) -> T) {}
    is_send(|session| session.reply());
    is_send(|session| session.stream());
}

//! The simulated prompt cache against one that is slow and obvious: it keeps whole prefixes as
//! text, compares them with all others, and forgets nothing.

use std::time::Duration;

use outcrop_emulator::cache::Simulator;
use proptest::prelude::*;
use serde_json::{Value, json};

const MODEL: &str = "us.anthropic.claude-opus-5";
const MINIMUM: u64 = 512;

/// One block, and whether a point follows it.
#[derive(Debug, Clone, Copy)]
struct Piece {
    letter: char,
    tokens: u64,
    /// Seconds of the lifetime of the point.
    point: Option<u64>,
}

/// A call: how long after the one before it, whether it thinks, and what it says.
#[derive(Debug, Clone)]
struct Call {
    wait: u64,
    thinks: bool,
    system: Vec<Piece>,
    message: Vec<Piece>,
}

impl Call {
    /// With at most four points, as a request may have.
    fn body(&self) -> Value {
        let mut left = 4;
        let mut blocks = |pieces: &[Piece]| -> Vec<Value> {
            let mut blocks = Vec::new();
            for piece in pieces {
                blocks.push(json!({ "text": piece.text() }));
                if let Some(seconds) = piece.point
                    && left > 0
                {
                    left -= 1;
                    let ttl = if seconds == 3_600 { "1h" } else { "5m" };
                    blocks.push(json!({ "cachePoint": { "type": "default", "ttl": ttl } }));
                }
            }
            blocks
        };
        let system = blocks(&self.system);
        let message = blocks(&self.message);
        let mut body = json!({
            "system": system, "messages": [{ "role": "user", "content": message }],
        });
        if self.thinks {
            let thinking = json!({ "thinking": { "type": "adaptive" } });
            body["additionalModelRequestFields"] = thinking;
        }
        body
    }

    /// The prefixes as text, with their tokens and the lifetime of the point at their end.
    fn prefixes(&self) -> Vec<(String, u64, Option<u64>)> {
        let mut prefixes = Vec::new();
        let (mut text, mut tokens, mut left) = ("system".to_owned(), 0, 4);
        let messages = format!("messages {}", self.thinks);
        let parts = [("", &self.system), (messages.as_str(), &self.message)];
        for (name, pieces) in parts {
            text.push_str(name);
            for piece in pieces {
                text.push_str(&format!("[{}]", piece.text()));
                tokens += piece.tokens;
                let point = piece.point.filter(|_| left > 0);
                left -= i32::from(point.is_some());
                prefixes.push((text.clone(), tokens, point));
            }
        }
        prefixes
    }
}

impl Piece {
    fn text(&self) -> String {
        self.letter.to_string().repeat(4 * self.tokens as usize)
    }
}

/// Entries as prefix, lifetime and end.
#[derive(Default)]
struct Obvious(Vec<(String, u64, u64)>);

impl Obvious {
    /// Read, written for five minutes, written for an hour, paid in full.
    fn call(&mut self, call: &Call, now: u64) -> [u64; 4] {
        let prefixes = call.prefixes();
        let points: Vec<usize> = (0..prefixes.len())
            .filter(|at| prefixes[*at].2.is_some() && prefixes[*at].1 >= MINIMUM)
            .collect();
        let live = |text: &str, entries: &[(String, u64, u64)]| {
            let found = entries
                .iter()
                .find(|(known, _, end)| known == text && now < *end);
            found.map(|(_, lifetime, _)| *lifetime)
        };
        let mut read = None;
        for point in &points {
            for back in 0..20 {
                let Some(at) = point.checked_sub(back) else {
                    continue;
                };
                if live(&prefixes[at].0, &self.0).is_some() {
                    read = read.max(Some(at));
                }
            }
        }
        let mut figures = [0; 4];
        let mut paid = 0;
        let mut found_lifetime = 0;
        if let Some(at) = read {
            paid = prefixes[at].1;
            figures[0] = paid;
            found_lifetime = live(&prefixes[at].0, &self.0).unwrap();
            for (text, ..) in &prefixes[..=at] {
                for entry in &mut self.0 {
                    if entry.0 == *text && now < entry.2 {
                        entry.2 = now + entry.1;
                    }
                }
            }
        }
        for point in points {
            let (text, tokens, lifetime) = &prefixes[point];
            let mut lifetime = lifetime.unwrap();
            if read.is_some_and(|at| point <= at) {
                if live(text, &self.0).is_some() {
                    continue;
                }
                lifetime = lifetime.min(found_lifetime);
            } else {
                figures[if lifetime == 3_600 { 2 } else { 1 }] += tokens - paid;
                paid = *tokens;
            }
            self.0.retain(|(known, ..)| known != text);
            self.0.push((text.clone(), lifetime, now + lifetime));
        }
        figures[3] = prefixes.last().map_or(0, |it| it.1) - paid;
        figures
    }
}

/// Few letters and few sizes, so that calls often share a beginning.
fn pieces(most: usize) -> impl Strategy<Value = Vec<Piece>> {
    let point = prop_oneof![20 => Just(None), 2 => Just(Some(300)), 1 => Just(Some(3_600))];
    let tokens = prop_oneof![6 => Just(1), 1 => Just(300), 1 => Just(600)];
    let letter = prop_oneof![9 => Just('a'), 1 => Just('b')];
    let piece = (letter, tokens, point).prop_map(|(letter, tokens, point)| Piece {
        letter,
        tokens,
        point,
    });
    prop::collection::vec(piece, 1..most)
}

fn call() -> impl Strategy<Value = Call> {
    let wait = prop_oneof![
        Just(0),
        Just(100),
        Just(299),
        Just(300),
        Just(2_000),
        Just(3_600)
    ];
    let thinks = prop::bool::weighted(0.2);
    (wait, thinks, pieces(4), pieces(40)).prop_map(|(wait, thinks, system, message)| Call {
        wait,
        thinks,
        system,
        message,
    })
}

/// A conversation that mostly grows: each call keeps what the one before said, up to some place,
/// and may move the points.
fn calls() -> impl Strategy<Value = Vec<Call>> {
    let step = (call(), prop::bool::weighted(0.8), 0_usize..45);
    prop::collection::vec(step, 1..12).prop_map(|steps| {
        let mut calls: Vec<Call> = Vec::new();
        for (mut call, goes_on, kept) in steps {
            if let Some(last) = calls.last().filter(|_| goes_on) {
                call.system.clone_from(&last.system);
                call.thinks = last.thinks;
                let mut message = last.message.clone();
                for (old, new) in message.iter_mut().zip(&call.message) {
                    old.point = new.point;
                }
                message.truncate(kept.max(1));
                message.extend(call.message);
                call.message = message;
            }
            calls.push(call);
        }
        calls
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_simulator_agrees_with_one_that_is_obvious(calls in calls()) {
        let (mut simulator, mut obvious) = (Simulator::new(), Obvious::default());
        let mut now = 0;
        for call in &calls {
            now += call.wait;
            let usage = simulator.call(MODEL, &call.body(), Duration::from_secs(now));
            let figures = [
                usage.cache_read_input_tokens,
                usage.cache_write_5m_input_tokens,
                usage.cache_write_1h_input_tokens,
                usage.input_tokens,
            ];
            prop_assert_eq!(figures, obvious.call(call, now));
        }
    }
}

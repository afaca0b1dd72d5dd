//! What traces cost: against what docker-agent's points cost, and against the least with hindsight.

use outcrop_converse::{CacheMemory, CacheTtlChoice, Remembered};

use super::service::{Rules, Service, optimum};
use super::strategies::{
    MODELS, OPUS, REMEMBERING, Run, STATELESS, Strategy, at, prepared, rules, run, usage,
};
use super::traces::{
    Trace, chat, dated, dated_first, documents, growing_system, reminded, tasks, tool_loop,
};

const AUTO: Strategy = Strategy::Remembering(Some(CacheTtlChoice::Auto));
const HOUR: Strategy = Strategy::Remembering(Some(CacheTtlChoice::OneHour));
/// The calls that teach.
const TAUGHT: usize = 3;

/// Traces on which every call finds what the one before it left.
fn busy() -> Vec<(&'static str, Trace)> {
    vec![
        ("chat", chat(30, 30.0)),
        ("tool loop", tool_loop(30, 1, 5.0)),
        ("ten calls a turn", tool_loop(15, 10, 5.0)),
        ("twenty-five calls a turn", tool_loop(12, 25, 5.0)),
        ("large documents", documents(20, 60.0)),
    ]
}

/// What a run costs over the least, from a call on.
fn over_optimum(model: &str, run: &Run, hour: bool, from: usize) -> f64 {
    let rules = rules(model);
    let (write, ttl) = if hour {
        (rules.write_1h, 3600.0)
    } else {
        (rules.write_5m, 300.0)
    };
    let least: f64 = optimum(&run.bodies, &rules, write, ttl)[from..]
        .iter()
        .sum();
    run.cost(&rules, from) / least
}

#[test]
fn without_a_memory_busy_traces_cost_hardly_more_than_with_hindsight() {
    for model in &MODELS[..3] {
        for (name, trace) in busy() {
            let ours = run(model, &trace, STATELESS);
            let ratio = over_optimum(model, &ours, false, 0);
            assert!(ratio <= 1.03, "{model} {name}: {ratio}");
        }
    }
}

#[test]
fn a_memory_takes_nothing_away_from_busy_traces() {
    for (name, trace) in busy() {
        for strategy in [REMEMBERING, AUTO] {
            let ours = run(OPUS, &trace, strategy);
            let ratio = over_optimum(OPUS, &ours, false, 0);
            assert!(ratio <= 1.03, "{name} {strategy:?}: {ratio}");
            assert_eq!(ours.misses, [""; 0], "{name}");
        }
    }
}

/// Where Nova's maximum lies has to be guessed without a memory, which may miss by a little.
#[test]
fn no_trace_that_only_grows_costs_more_than_with_fixed_points() {
    for (model, guess) in [(OPUS, 1.0), ("amazon.nova-pro-v1:0", 1.01)] {
        let rules = rules(model);
        for (name, trace) in busy() {
            let fixed = run(model, &trace, Strategy::Fixed);
            for strategy in [STATELESS, REMEMBERING, AUTO] {
                let run = run(model, &trace, strategy);
                let (mut ours, mut theirs) = (0.0, 0.0);
                // Wherever the trace ends.
                for (call, (our, their)) in run.counted.iter().zip(&fixed.counted).enumerate() {
                    ours += our.cost(&rules);
                    theirs += their.cost(&rules);
                    assert!(
                        ours <= theirs * (guess + 1e-9),
                        "{model} {name} {call} {strategy:?}: {ours} against {theirs}"
                    );
                }
            }
        }
    }
}

/// Sources differ on the most that Nova keeps, and a write costs nothing there.
#[test]
fn a_model_with_a_maximum_is_served_whether_or_not_it_holds() {
    let nova = "amazon.nova-pro-v1:0";
    let trace = chat(120, 30.0);
    let ours = run(nova, &trace, REMEMBERING);
    let last = ours.counted[trace.len() - 1];
    assert!(last.full > 5000.0, "{last:?}");
    assert!((16_000.0..=20_000.0).contains(&last.read), "{last:?}");

    let unlimited = Rules {
        maximum: f64::INFINITY,
        ..rules(nova)
    };
    let mut service = Service::new(unlimited);
    let counted = ours
        .bodies
        .iter()
        .map(|(now, body)| service.call(body, *now));
    let last = counted.last().expect("a call");
    assert!(last.full < 1000.0, "{last:?}");
}

/// A turn may begin far below the maximum and end far above: the point then stands inside it.
#[test]
fn a_turn_across_the_maximum_is_kept_as_far_as_it_goes() {
    let trace = tool_loop(8, 25, 5.0);
    for (strategy, least) in [(STATELESS, 14_000.0), (REMEMBERING, 17_500.0)] {
        let ours = run("amazon.nova-pro-v1:0", &trace, strategy);
        let last = ours.counted[trace.len() - 1];
        assert!(
            (least..=20_000.0).contains(&last.read),
            "{strategy:?} {last:?}"
        );
    }
}

#[test]
fn twenty_five_calls_a_turn_outrun_the_lookback_of_fixed_points() {
    let trace = tool_loop(12, 25, 5.0);
    let fixed = run(OPUS, &trace, Strategy::Fixed);
    let ratio = over_optimum(OPUS, &fixed, false, 0);
    assert!(ratio > 2.0, "{ratio}");
}

/// The least with hindsight, where a memory has learnt what is in store.
#[track_caller]
fn learns(name: &str, trace: &Trace, strategy: Strategy, hour: bool) {
    for model in &MODELS[..3] {
        let ours = run(model, trace, strategy);
        let ratio = over_optimum(model, &ours, hour, TAUGHT);
        assert!(ratio <= 1.03, "{model} {name} {strategy:?}: {ratio}");
        let fixed = run(model, trace, Strategy::Fixed).cost(&rules(model), 0);
        let cost = ours.cost(&rules(model), 0);
        assert!(cost <= fixed, "{model} {name}: {cost} against {fixed}");
    }
}

#[test]
fn a_gap_beyond_the_lifetime_stops_earning_writes() {
    for minutes in [6.0, 50.0, 120.0] {
        learns("gaps", &chat(30, minutes * 60.0), REMEMBERING, false);
    }
}

#[test]
fn a_gap_within_the_lifetime_does_not() {
    learns("four minutes", &chat(30, 240.0), REMEMBERING, false);
}

#[test]
fn a_date_in_the_system_prompt_stops_earning_message_points() {
    learns("date last", &dated(30, 30.0), REMEMBERING, false);
    learns("date first", &dated_first(30, 30.0), REMEMBERING, false);
}

#[test]
fn a_growing_system_prompt_is_cached_as_far_as_it_stays() {
    learns("growing", &growing_system(30, 30.0), REMEMBERING, false);
}

#[test]
fn a_reminder_that_comes_and_goes_leaves_what_stands_before_it_cached() {
    learns("reminder", &reminded(30, 30.0), REMEMBERING, false);
}

#[test]
fn an_hour_pays_over_gaps_of_minutes() {
    for minutes in [6.0, 50.0] {
        let trace = chat(30, minutes * 60.0);
        learns("hour", &trace, HOUR, true);
        let rules = rules(OPUS);
        let auto = run(OPUS, &trace, AUTO);
        let hour = run(OPUS, &trace, HOUR).cost(&rules, 0);
        let short = run(OPUS, &trace, REMEMBERING).cost(&rules, 0);
        // It has to see two gaps before it spends on the hour, and then costs as much.
        assert!(auto.cost(&rules, 0) < short / 3.0);
        assert!(auto.cost(&rules, TAUGHT) < hour * 1.2);
    }
}

/// Also what is added between pauses is there after the next one.
#[test]
fn an_hour_that_was_bought_is_bought_for_what_is_added() {
    for minutes in [6.0, 50.0] {
        let trace = tasks(6, 6, minutes * 60.0);
        let auto = run(OPUS, &trace, AUTO);
        for (call, counted) in auto.counted.iter().enumerate().skip(12) {
            assert_eq!(counted.written_5m, 0.0, "{minutes} {call}");
            assert!(counted.written_1h > 0.0, "{minutes} {call}");
        }
    }
    // Until nothing of the kind was seen for a while.
    let mut trace = tasks(3, 6, 360.0);
    let long = tool_loop(80, 1, 5.0).into_iter().enumerate().skip(18);
    trace.extend(long.map(|(call, (_, conversation))| (800.0 + call as f64 * 5.0, conversation)));
    let last = run(OPUS, &trace, AUTO).counted[79];
    assert!(last.written_5m > 0.0 && last.written_1h == 0.0, "{last:?}");
}

#[test]
fn the_hour_is_not_bought_where_five_minutes_do() {
    for trace in [chat(30, 30.0), tool_loop(20, 10, 5.0), chat(30, 7200.0)] {
        let bought = run(OPUS, &trace, AUTO)
            .counted
            .iter()
            .any(|it| it.written_1h > 0.0);
        assert!(!bought);
    }
}

/// A habit that has ended is forgotten, in both directions.
#[test]
fn a_memory_relearns() {
    let rules = rules(OPUS);
    let with_pauses = |pauses: &[usize]| {
        let mut now = 0.0;
        let mut trace = chat(40, 0.0);
        for (call, (at, _)) in trace.iter_mut().enumerate() {
            now += if pauses.contains(&call) { 3000.0 } else { 20.0 };
            *at = now;
        }
        trace
    };
    for pauses in [vec![20], vec![1, 2, 3, 4], vec![10, 11, 12, 13, 14]] {
        let trace = with_pauses(&pauses);
        let ours = run(OPUS, &trace, REMEMBERING);
        let fixed = run(OPUS, &trace, Strategy::Fixed).cost(&rules, 0);
        let after = over_optimum(OPUS, &ours, false, pauses[pauses.len() - 1] + 3);
        assert!(after <= 1.03, "{pauses:?}: {after}");
        // Where a habit of pauses ends, the prefix has to be written once more.
        let cost = ours.cost(&rules, 0) / fixed;
        assert!(cost <= 1.1, "{pauses:?}: {cost}");
    }
}

#[test]
fn what_the_plan_expects_is_what_the_service_does() {
    for (name, trace) in busy() {
        let (mut memory, mut service) = (CacheMemory::default(), Service::new(rules(OPUS)));
        for (call, (now, conversation)) in trace.iter().enumerate() {
            let remembered = memory.clone();
            let remembered = Remembered {
                memory: &remembered,
                now: at(*now),
            };
            let prepared = prepared(OPUS, conversation, None, Some(remembered));
            let prepared = prepared.expect("a request");
            let counted = service.call(prepared.body.as_bytes(), *now);
            let expected = prepared.cache.expected;
            if call > 1 {
                let off = (expected.read as f64 - counted.read).abs() / counted.read;
                assert!(off < 0.2, "{name} {call}: {expected:?} {counted:?}");
            }
            memory.observe(&prepared.cache, Some(&usage(&counted)), at(*now));
        }
    }
}

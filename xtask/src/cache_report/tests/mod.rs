mod claims;
mod requests;

use std::sync::OnceLock;

use super::*;
use measure::{Costs, Row, row};
use replay::{Candidate, MODELS};
use traces::Kind;

/// Measured once for all tests.
fn measured() -> &'static [Measured] {
    static MEASURED: OnceLock<Vec<Measured>> = OnceLock::new();
    MEASURED.get_or_init(|| measure().expect("traces that can be replayed"))
}

/// Every trace with every model.
fn rows() -> impl Iterator<Item = (&'static Measured, &'static Row)> {
    let models = measured().iter();
    models.flat_map(|model| model.rows.iter().map(move |row| (model, row)))
}

fn claude() -> impl Iterator<Item = (&'static Measured, &'static Row)> {
    rows().filter(|(model, _)| model.candidate.name.starts_with("Claude"))
}

#[test]
fn the_committed_report_is_fresh() {
    if let Err(stale) = write(measured(), Mode::Check) {
        panic!("{stale}");
    }
}

#[test]
fn what_stands_around_the_tables_is_kept_and_without_markers_nothing_is_written() {
    let committed = fs::read_to_string(root().join(PAGE)).expect("the page");
    let framed = format!("Before.\n{committed}After.\n");
    let page = page::with_tables(&framed, measured()).expect("markers");
    assert!(page.starts_with("Before.\n# ") && page.ends_with("After.\n"));
    assert_eq!(page::with_tables(&page, measured()).as_deref(), Ok(&*page));
    let refused = page::with_tables("# Caching\n", measured());
    assert!(refused.is_err_and(|error| error.contains("<!-- begin")));
}

#[test]
fn the_plot_shows_every_trace_and_stays_within_its_frame() {
    let svg = plot::plot(measured()).expect("a plot");
    for row in &measured()[0].rows {
        assert!(
            svg.contains(&format!(">{}</text>", row.trace)),
            "{}",
            row.trace
        );
    }
    let widths = svg.split(" width=\"").skip(1);
    let widths = widths.filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
    assert!(
        widths
            .into_iter()
            .all(|width| (0.0..=860.0).contains(&width))
    );
}

#[test]
fn nothing_is_below_the_optimum() {
    for (model, row) in rows() {
        for costs in [&row.none, &row.fixed, &row.stateless, &row.memory] {
            let over = costs.over(&row.least, 0);
            assert!(
                over >= 1.0,
                "{} {}: {over}",
                model.candidate.name,
                row.trace
            );
        }
        if let Some(auto) = &row.auto {
            let over = auto.costs.over(&auto.least, 0);
            assert!(
                over >= 1.0,
                "{} {}: {over}",
                model.candidate.name,
                row.trace
            );
            assert!(auto.least.total() <= row.least.total());
        }
    }
}

#[test]
fn no_trace_costs_more_than_with_fixed_points() {
    for (model, row) in rows() {
        // Where nothing tells what comes next, a memory may be wrong, and then has another bound.
        let memory = row.kind.can_be_learnt().then_some(&row.memory);
        for ours in [Some(&row.stateless), memory].into_iter().flatten() {
            let (ours, fixed) = (ours.total(), row.fixed.total());
            let name = model.candidate.name;
            assert!(ours <= fixed, "{name} {}: {ours} > {fixed}", row.trace);
        }
    }
}

/// What a memory may lose where what it has seen misleads it: a part of what is spent without one.
const MISLED: f64 = 1.03;

/// What the hour may lose where it is bought for pauses that do not come: a part of what is spent
/// with five minutes.
const MISBOUGHT: f64 = 1.05;

/// What is wrong with the costs of a trace whose calls do not tell what comes next.
fn costs_too_much(name: &str, row: &Row) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |what: &str, costs: &Costs, than: &Costs, bound: f64| {
        let over = costs.over(than, 0);
        if over > bound {
            wrong.push(format!("{name}, {}: {what} {over:.3} > {bound}", row.trace));
        }
    };
    check("memory / fixed", &row.memory, &row.fixed, MISLED);
    check("memory / stateless", &row.memory, &row.stateless, MISLED);
    if let Some(auto) = &row.auto {
        check("auto / memory", &auto.costs, &row.memory, MISBOUGHT);
        // A memory that is misled, and buys the hour on top.
        let both = MISLED * MISBOUGHT;
        check("auto / fixed", &auto.costs, &row.fixed, both);
    }
    wrong
}

#[test]
fn what_cannot_be_learnt_costs_a_memory_hardly_more_than_none() {
    let unlearnable = rows().filter(|(_, row)| !row.kind.can_be_learnt());
    let wrong = unlearnable.flat_map(|(model, row)| costs_too_much(model.candidate.name, row));
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The person of the report is one of many.
#[test]
fn whoever_pauses_without_a_habit_pays_hardly_more_with_a_memory_than_with_none() {
    let mut wrong = Vec::new();
    for candidate in MODELS.into_iter().filter(Candidate::has_the_hour) {
        for seed in 100..106 {
            let row = row(candidate, &traces::someone(seed)).expect("a trace");
            wrong.extend(costs_too_much(&format!("{}, {seed}", candidate.name), &row));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[track_caller]
fn is_within(bound: f64, model: &Measured, row: &Row, costs: &Costs, from: usize) {
    let over = costs.over(&row.least, from);
    let name = model.candidate.name;
    assert!(over <= bound, "{name} {}: {over}", row.trace);
}

#[test]
fn steady_traces_cost_hardly_more_than_with_hindsight_without_a_memory() {
    for (model, row) in claude().filter(|(_, row)| row.kind == Kind::Steady) {
        is_within(1.03, model, row, &row.stateless, 0);
    }
}

/// A change of thinking or tool choice comes once or twice, and nothing announces it.
#[test]
fn a_memory_that_was_taught_costs_hardly_more_than_with_hindsight() {
    let taught = claude().filter(|(_, row)| matches!(row.kind, Kind::Pausing | Kind::Changing));
    for (model, row) in taught.filter(|(_, row)| !row.trace.contains("tool choice")) {
        is_within(1.03, model, row, &row.memory, row.taught);
    }
}

/// Nova keeps a part of a long prompt, and which is only guessed before the service has counted.
/// Its tools take no points: with a time in front of the system prompt, nothing can be kept.
#[test]
fn a_part_of_a_long_prompt_is_kept_as_far_as_a_model_goes() {
    let nova = rows().filter(|(model, _)| model.candidate.name.contains("Nova"));
    let kept = nova.filter(|(_, row)| row.kind != Kind::Rewritten);
    for (model, row) in kept.filter(|(_, row)| !row.trace.starts_with("time in")) {
        is_within(1.07, model, row, &row.stateless, 0);
        is_within(1.02, model, row, &row.memory, 0);
    }
}

#[test]
fn the_hour_pays_where_pauses_are_longer_than_five_minutes() {
    let mut pauses = 0;
    for (model, row) in rows().filter(|(_, row)| row.kind == Kind::Pausing) {
        let Some(auto) = &row.auto else { continue };
        let over = auto.costs.over(&auto.least, row.taught);
        assert!(
            over <= 1.06,
            "{} {}: {over}",
            model.candidate.name,
            row.trace
        );
        assert!(auto.costs.total() <= row.memory.total());
        pauses += 1;
    }
    assert_eq!(pauses, 12);
}

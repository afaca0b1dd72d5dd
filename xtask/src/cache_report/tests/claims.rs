//! That what the page says in words about the tables is so.

use super::*;

/// The part of the page that speaks of numbers: before the tables, without line breaks.
fn prose() -> String {
    let page = fs::read_to_string(root().join(PAGE)).expect("the page");
    let (_, measured) = page.split_once("## Measured").expect("a section");
    let (prose, _) = measured.split_once("<!-- begin").expect("tables");
    prose.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a number in the prose and the worst that was measured belong together.
#[derive(Clone, Copy)]
enum Bound {
    /// The worst is not above it.
    Within,
    /// The worst is about as much.
    UpTo,
    /// Even the best is above it.
    MoreThan,
}

/// A sentence, or a part of one.
struct Claim {
    /// Its words before the number and after it.
    says: (&'static str, &'static str),
    bound: Bound,
    /// What was measured, one against another.
    ratios: Vec<f64>,
}

/// A number as the page writes it, as a factor.
fn factor(words: &str) -> f64 {
    match words {
        "a quarter" => 0.25,
        "a fifth less" => 0.8,
        "a quarter too much" => 1.25,
        "half as much again" => 1.5,
        "four times" => 4.0,
        percent => {
            let number = percent.strip_suffix(" %").and_then(|it| it.parse().ok());
            let number: f64 = number.unwrap_or_else(|| panic!("no number: {percent}"));
            1.0 + number / 100.0
        }
    }
}

fn is_claude(model: &Measured) -> bool {
    model.candidate.name.starts_with("Claude")
}

/// Something of each row that is asked for.
fn of(rows_of: impl Fn(&Measured, &Row) -> bool, ratios: fn(&Row) -> Vec<f64>) -> Vec<f64> {
    let rows = rows().filter(|(model, row)| rows_of(model, row));
    rows.flat_map(|(_, row)| ratios(row)).collect()
}

fn ours(row: &Row) -> Vec<f64> {
    vec![row.stateless.over(&row.least, 0)]
}

fn fixed(row: &Row) -> Vec<f64> {
    vec![row.fixed.over(&row.least, 0)]
}

fn memory(row: &Row) -> Vec<f64> {
    vec![row.memory.over(&row.least, 0)]
}

fn fixed_or_ours(row: &Row) -> Vec<f64> {
    [fixed(row), ours(row)].concat()
}

fn any_points(row: &Row) -> Vec<f64> {
    [fixed_or_ours(row), memory(row)].concat()
}

fn taught(row: &Row) -> Vec<f64> {
    vec![row.memory.over(&row.least, row.taught)]
}

fn memory_over_the_better_of_both(row: &Row) -> Vec<f64> {
    let without = [&row.fixed, &row.stateless];
    let over = without.map(|costs| row.memory.over(costs, 0));
    over.to_vec()
}

fn auto_over_fixed(row: &Row) -> Vec<f64> {
    let auto = row.auto.iter();
    auto.map(|hour| hour.costs.over(&row.fixed, 0)).collect()
}

fn auto_over_five_minutes(row: &Row) -> Vec<f64> {
    let auto = row.auto.iter();
    auto.map(|hour| hour.costs.over(&row.memory, 0)).collect()
}

fn claim(
    before: &'static str,
    after: &'static str,
    bound: Bound,
    ratios: impl IntoIterator<Item = f64>,
) -> Claim {
    Claim {
        says: (before, after),
        bound,
        ratios: ratios.into_iter().collect(),
    }
}

fn named(name: &'static str) -> impl Fn(&Measured, &Row) -> bool + Copy {
    move |_, row| row.trace.starts_with(name)
}

/// Every claim of the page.
fn claims() -> Vec<Claim> {
    let paragraphs = [of_habits(), of_pauses(), of_rewriting()];
    paragraphs.into_iter().flatten().collect()
}

/// What is said of traces that go on as they began.
fn of_habits() -> Vec<Claim> {
    let too_many_blocks = named("tool loop, 25");
    let steady = |model: &Measured, row: &Row| is_claude(model) && row.kind == Kind::Steady;
    let as_well = |model: &Measured, row: &Row| steady(model, row) && !too_many_blocks(model, row);
    let every_call = |model: &Measured, row: &Row| {
        let changes = ["time in", "growing", "tools in another"];
        let changes = changes.iter().any(|name| row.trace.starts_with(name));
        is_claude(model) && (row.kind == Kind::Pausing || changes)
    };
    vec![
        claim(
            "is enough to be within ",
            " of the least on Claude, and fixed points do as well",
            Bound::Within,
            of(steady, ours).into_iter().chain(of(as_well, fixed)),
        ),
        claim(
            "then they cost up to ",
            " as much",
            Bound::UpTo,
            of(too_many_blocks, fixed),
        ),
        claim(
            "that change with every call, cost up to ",
            " with either",
            Bound::UpTo,
            of(every_call, fixed_or_ours),
        ),
        claim(
            "and within ",
            " of the least once a session has seen them",
            Bound::Within,
            of(every_call, taught),
        ),
    ]
}

/// What is said of pauses without a habit.
fn of_pauses() -> Vec<Claim> {
    let irregular = |model: &Measured, row: &Row| is_claude(model) && row.kind == Kind::Irregular;
    let unlearnable = |_: &Measured, row: &Row| !row.kind.can_be_learnt();
    vec![
        claim(
            "come as they come cost up to ",
            " as well",
            Bound::UpTo,
            of(irregular, fixed_or_ours),
        ),
        claim(
            "with a memory it is at most ",
            " more than without one",
            Bound::Within,
            of(unlearnable, memory_over_the_better_of_both),
        ),
        claim(
            "costs at least ",
            " than fixed points for the person of forty turns",
            Bound::Within,
            of(named("a person"), auto_over_fixed),
        ),
        claim(
            "and less than ",
            " of them where three of four pauses are six minutes",
            Bound::Within,
            of(named("three pauses"), auto_over_fixed),
        ),
        claim(
            "the hour is not bought, and it costs at most ",
            " more than five minutes",
            Bound::Within,
            of(irregular, auto_over_five_minutes),
        ),
    ]
}

/// What is said of histories that are rewritten, and of agents in turn.
fn of_rewriting() -> Vec<Claim> {
    let cleared = |model: &Measured, row: &Row| is_claude(model) && row.trace.starts_with("old");
    let in_turn = of(named("two agents"), any_points);
    vec![
        claim(
            "for a summary are within ",
            " of the least with any points",
            Bound::Within,
            in_turn.into_iter().chain(of(named("summary"), any_points)),
        ),
        claim(
            "costs more than ",
            " on Claude with fixed points or with ours",
            Bound::MoreThan,
            of(cleared, fixed_or_ours),
        ),
        claim(
            "what it learns brings the whole within ",
            " of the least",
            Bound::Within,
            of(cleared, memory),
        ),
    ]
}

#[test]
fn what_the_page_says_of_the_tables_is_so() {
    let prose = prose();
    let mut wrong = Vec::new();
    for claim in claims() {
        let (before, after) = claim.says;
        let number = prose.split_once(before).and_then(|(_, rest)| {
            let (number, _) = rest.split_once(after)?;
            Some(number)
        });
        let number = number.unwrap_or_else(|| panic!("{PAGE} does not say: {before}..{after}"));
        let said = factor(number);
        assert!(!claim.ratios.is_empty(), "nothing measured: {before}");
        let most = claim.ratios.iter().copied().fold(f64::MIN, f64::max);
        let least = claim.ratios.iter().copied().fold(f64::MAX, f64::min);
        let holds = match claim.bound {
            Bound::Within => most <= said,
            Bound::UpTo => (most / said - 1.0).abs() < 0.04,
            Bound::MoreThan => least > said,
        };
        if !holds {
            wrong.push(format!(
                "{before}{number}{after}: from {least:.3} to {most:.3}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_percentage_in_the_prose_is_without_a_claim() {
    let prose = prose();
    let claimed = claims().into_iter().filter(|claim| {
        let (before, after) = claim.says;
        let (_, rest) = prose.split_once(before).expect("a claim of the page");
        rest.split_once(after)
            .is_some_and(|(it, _)| it.contains('%'))
    });
    assert_eq!(prose.matches('%').count(), claimed.count());
}

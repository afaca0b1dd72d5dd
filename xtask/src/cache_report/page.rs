//! The tables of the page, between two markers.

use std::fmt::Write as _;

use outcrop_policy::Usd;

use super::measure::{Costs, Measured, Row};
use super::replay::Candidate;
use super::traces::Kind;

const BEGIN: &str = "<!-- begin: written by `cargo xtask cache-report` -->\n";
const END: &str = "<!-- end -->\n";

/// The page with what was measured in place of what stands between the markers.
///
/// # Errors
///
/// When the page lacks a marker.
pub(super) fn with_tables(page: &str, measured: &[Measured]) -> Result<String, String> {
    let parts = page.split_once(BEGIN).and_then(|(head, rest)| {
        let (_, tail) = rest.split_once(END)?;
        Some((head, tail))
    });
    let Some((head, tail)) = parts else {
        return Err(format!(
            "{} lacks the lines\n{BEGIN}{END}between which the tables go",
            super::PAGE
        ));
    };
    Ok(format!("{head}{BEGIN}{}{END}{tail}", tables(measured)))
}

fn tables(measured: &[Measured]) -> String {
    let mut out = String::new();
    for model in measured {
        five_minutes(model, &mut out);
    }
    out.push_str("\n### With `cache_ttl: auto`\n\n");
    out.push_str(
        "Here the optimum may keep each block for five minutes or for an hour. Ours is with a \
         memory.\n\n",
    );
    out.push_str("| model | trace | optimum | `5m` | `auto` | once taught |\n");
    out.push_str("|---|---|--:|--:|--:|--:|\n");
    for model in measured {
        for row in &model.rows {
            with_hour(model.candidate, row, &mut out);
        }
    }
    out.push('\n');
    out
}

fn five_minutes(model: &Measured, out: &mut String) {
    let candidate = model.candidate;
    let rates = candidate.rates();
    let rate = |rate: outcrop_policy::Multiplier| rate.as_f64().to_string();
    line(
        out,
        format_args!(
            "\n### {}\n\n`{}`. Of the price of input, reading costs {}, writing for five minutes \
             {}{}.\n",
            candidate.name,
            candidate.id,
            rate(rates.read),
            rate(rates.write_5m),
            match candidate.has_the_hour() {
                true => format!(" and for an hour {}", rate(rates.write_1h)),
                false => String::new(),
            },
        ),
    );
    line(
        out,
        format_args!(
            "| trace | calls | input | optimum | | none | fixed | ours | with memory | once taught \
             |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
        ),
    );
    for row in &model.rows {
        let over = |costs: &Costs| format!("{:.3}", costs.over(&row.least, 0));
        // Where nothing is to be learnt, nothing is said.
        let learnt = row.memory != row.stateless || row.kind != Kind::Steady;
        let (memory, taught) = match learnt {
            true => (over(&row.memory), once_taught(row, &row.memory, &row.least)),
            false => ("=".to_owned(), String::new()),
        };
        line(
            out,
            format_args!(
                "| {} | {} | {} k | {} k | {} | {} | {} | **{}** | {memory} | {taught} |",
                row.trace,
                row.none.0.len(),
                thousands(&row.none),
                thousands(&row.least),
                dollars(candidate, &row.least),
                over(&row.none),
                over(&row.fixed),
                over(&row.stateless),
            ),
        );
    }
}

fn with_hour(candidate: Candidate, row: &Row, out: &mut String) {
    let Some(hour) = &row.auto else {
        return;
    };
    line(
        out,
        format_args!(
            "| {} | {} | {} | {:.3} | {:.3} | {} |",
            candidate.name,
            row.trace,
            dollars(candidate, &hour.least),
            row.memory.over(&hour.least, 0),
            hour.costs.over(&hour.least, 0),
            once_taught(row, &hour.costs, &hour.least),
        ),
    );
}

/// The costs over the least from where there is a habit to go by, if there ever is.
fn once_taught(row: &Row, costs: &Costs, least: &Costs) -> String {
    match row.kind.can_be_learnt() {
        true => format!("{:.3}", costs.over(least, row.taught)),
        false => String::new(),
    }
}

/// Tokens at the price of input, in thousands.
fn thousands(costs: &Costs) -> u64 {
    (costs.total() + 500_000) / 1_000_000
}

/// The cost in dollars, if the price is known.
fn dollars(candidate: Candidate, costs: &Costs) -> String {
    let Some(price) = candidate.model().price() else {
        return "?".to_owned();
    };
    // A thousandth of a token at a billionth of a dollar is a trillionth of one.
    let picodollars = u128::from(costs.total())
        * u128::from(price.rates.input)
        * u128::from(price.surcharge.as_thousandths())
        / 1000;
    let rounded = (picodollars + 500_000_000) / 1_000_000_000 * 1_000_000_000;
    Usd::from_picodollars(u64::try_from(rounded).unwrap_or(u64::MAX)).to_string()
}

/// Adds a line. Writing to a string cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}

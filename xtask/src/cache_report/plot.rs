//! The plot: how far above the optimum each strategy is, trace by trace, for one model.
//!
//! Bars on a logarithmic axis that begins at the optimum, so that a bar of no length costs no more
//! than the least, and equal lengths are equal factors. Nothing is cut off.

use std::fmt::Write as _;

use super::measure::{Costs, Measured, Row};
use super::traces::Kind;

const LEFT: f64 = 218.0;
const WIDTH: f64 = 860.0;
/// What is right of the longest bar, for its number.
const RIGHT: f64 = 56.0;
const TOP: f64 = 96.0;
const BAR: f64 = 7.0;
const GROUP: f64 = 4.0 * BAR + 13.0;
/// What is above the traces of a kind, for its name.
const HEADING: f64 = 26.0;

/// A strategy: its name, the class of its bars, and where its costs are.
struct Series {
    name: &'static str,
    class: &'static str,
    costs: fn(&Row) -> &Costs,
}

const SERIES: [Series; 4] = [
    Series {
        name: "no points",
        class: "none",
        costs: |row| &row.none,
    },
    Series {
        name: "fixed points",
        class: "fixed",
        costs: |row| &row.fixed,
    },
    Series {
        name: "ours",
        class: "ours",
        costs: |row| &row.stateless,
    },
    Series {
        name: "ours, with memory",
        class: "memory",
        costs: |row| &row.memory,
    },
];

const STYLE: &str = "\
    svg { color-scheme: light dark; font: 12px sans-serif }
    .paper { fill: #ffffff }
    text { fill: #1f2328 }
    .faint { fill: #59636e }
    .grid { stroke: #d1d9e0 }
    .axis { stroke: #59636e }
    .none { fill: #9aa4af }
    .fixed { fill: #d9822b }
    .ours { fill: #2f6fdb }
    .memory { fill: #1a9c6c }
    @media (prefers-color-scheme: dark) {
      .paper { fill: #0d1117 }
      text { fill: #e6edf3 }
      .faint { fill: #9198a1 }
      .grid { stroke: #2a313a }
      .axis { stroke: #9198a1 }
      .none { fill: #6b7580 }
      .fixed { fill: #e8994a }
      .ours { fill: #5b94f5 }
      .memory { fill: #35c48d }
    }
";

/// The plot of the first model.
///
/// # Errors
///
/// When nothing was measured.
pub(super) fn plot(measured: &[Measured]) -> Result<String, String> {
    let model = measured.first().ok_or("nothing was measured")?;
    let ratios = |series: &Series| {
        let over = model
            .rows
            .iter()
            .map(|row| (series.costs)(row).over(&row.least, 0));
        over.fold(1.0, f64::max)
    };
    let most = SERIES.iter().map(ratios).fold(1.0, f64::max);
    let x = |ratio: f64| LEFT + (WIDTH - LEFT - RIGHT) * ratio.max(1.0).ln() / most.ln();
    let kinds = || model.rows.chunk_by(|one, next| one.kind == next.kind);
    let bottom = TOP + GROUP * model.rows.len() as f64 + HEADING * kinds().count() as f64;
    let height = bottom + 14.0;

    let mut svg = String::new();
    line(
        &mut svg,
        format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
             width=\"{WIDTH}\" height=\"{height}\" role=\"img\">\n  <title>Input cost over the \
             optimum, {}</title>\n  <style>\n{STYLE}  </style>\n  <rect class=\"paper\" \
             width=\"100%\" height=\"100%\"/>",
            model.candidate.name
        ),
    );
    line(
        &mut svg,
        format_args!(
            "  <text x=\"16\" y=\"24\" font-weight=\"bold\">Input cost over the optimum with \
             hindsight, {} (logarithmic; no bar means optimal)</text>",
            model.candidate.name
        ),
    );
    legend(&mut svg);
    axis(&mut svg, most, bottom, x);
    let mut top = TOP;
    for rows in kinds() {
        heading(&mut svg, rows[0].kind, top);
        top += HEADING;
        for row in rows {
            group(&mut svg, row, top, x);
            top += GROUP;
        }
    }
    svg.push_str("</svg>\n");
    Ok(svg)
}

fn legend(svg: &mut String) {
    for (index, series) in SERIES.iter().enumerate() {
        let left = LEFT + 150.0 * index as f64;
        line(
            svg,
            format_args!(
                "  <rect class=\"{}\" x=\"{left}\" y=\"40\" width=\"12\" height=\"12\"/><text \
                 x=\"{}\" y=\"51\">{}</text>",
                series.class,
                left + 18.0,
                series.name
            ),
        );
    }
}

fn axis(svg: &mut String, most: f64, bottom: f64, x: impl Fn(f64) -> f64) {
    let ticks = [1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0];
    for tick in ticks.into_iter().filter(|tick| *tick <= most) {
        let class = if tick == 1.0 { "axis" } else { "grid" };
        let at = x(tick);
        line(
            svg,
            format_args!(
                "  <line class=\"{class}\" x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{}\" \
                 y2=\"{bottom:.1}\"/><text class=\"faint\" x=\"{at:.1}\" y=\"{}\" \
                 text-anchor=\"middle\">{tick}×</text>",
                TOP - 8.0,
                TOP - 14.0,
            ),
        );
    }
}

/// What the traces below have in common.
fn heading(svg: &mut String, kind: Kind, top: f64) {
    let name = match kind {
        Kind::Steady => "Calls follow one another",
        Kind::Pausing => "Pauses, all as long",
        Kind::Irregular => "Pauses, now and then",
        Kind::Changing => "The beginning changes",
        Kind::Rewritten => "The history is rewritten",
    };
    line(
        svg,
        format_args!(
            "  <text x=\"16\" y=\"{:.1}\" font-weight=\"bold\">{name}</text>",
            top + 14.0
        ),
    );
}

/// The bars of one trace.
fn group(svg: &mut String, row: &Row, top: f64, x: impl Fn(f64) -> f64) {
    line(
        svg,
        format_args!(
            "  <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 10.0,
            top + 2.0 * BAR + 4.0,
            row.trace
        ),
    );
    for (index, series) in SERIES.iter().enumerate() {
        let ratio = (series.costs)(row).over(&row.least, 0);
        let y = top + BAR * index as f64;
        line(
            svg,
            format_args!(
                "  <rect class=\"{}\" x=\"{LEFT}\" y=\"{y:.1}\" width=\"{:.1}\" \
                 height=\"{}\"/>",
                series.class,
                x(ratio) - LEFT,
                BAR - 1.0
            ),
        );
        // What is as good as nothing needs no number.
        if ratio >= 1.05 {
            line(
                svg,
                format_args!(
                    "  <text class=\"faint\" x=\"{:.1}\" y=\"{:.1}\" \
                     font-size=\"8\">{ratio:.2}</text>",
                    x(ratio) + 4.0,
                    y + BAR - 1.0
                ),
            );
        }
    }
}

/// Adds a line. Writing to a string cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let _ = writeln!(out, "{text}");
}

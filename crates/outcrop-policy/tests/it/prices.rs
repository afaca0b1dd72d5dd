//! What calls cost.

use outcrop_policy::{TABLE, TokenCounts, Usd};
use proptest::prelude::*;

use crate::render::resolve;

const MILLION: u64 = 1_000_000;

fn only(set: impl FnOnce(&mut TokenCounts)) -> TokenCounts {
    let mut tokens = TokenCounts::default();
    set(&mut tokens);
    tokens
}

/// A million tokens of each kind, as a price list has it.
#[test]
fn the_prices_read_as_their_source_says() {
    let ids = TABLE.iter().map(|row| format!("global.{}", row.id()));
    let others = [
        "us.anthropic.claude-opus-4-8",
        "us-gov.anthropic.claude-opus-4-8",
        "us.anthropic.claude-sonnet-4-20250514-v1:0",
        "us.anthropic.claude-haiku-5-5",
        "amazon.nova-micro-v1:0",
        "eu.amazon.nova-pro-v1:0",
        "us.amazon.nova-premier-v1:0",
        "global.amazon.nova-2-lite-v1:0",
        "openai.gpt-5.4",
    ];
    let mut page = String::new();
    for id in ids.chain(others.map(str::to_owned)) {
        let Some(price) = resolve(&id).price() else {
            page += &format!("{id:52} unknown\n");
            continue;
        };
        // Below every limit, so that the ordinary rates hold.
        let short = 10_000;
        let cost = |tokens| {
            Usd::from_picodollars(price.cost(&tokens).as_picodollars() * (MILLION / short))
                .to_string()
        };
        let columns = [
            cost(only(|it| it.input = short)),
            cost(only(|it| it.output = short)),
            cost(only(|it| it.read = short)),
            cost(only(|it| it.written_5m = short)),
            cost(only(|it| it.written_1h = short)),
        ];
        let long = price.rates.long.map_or(String::new(), |long| {
            format!(" above {}: {}", long.above, {
                let tokens = only(|it| it.input = MILLION);
                price.cost(&tokens)
            })
        });
        page += &format!(
            "{id:52} {}{long}\n",
            columns.map(|it| format!("{it:>8}")).join(" ")
        );
    }
    insta::assert_snapshot!(page);
}

#[test]
fn a_long_prompt_is_paid_at_the_long_rates_also_where_it_is_read() {
    let price = resolve("global.anthropic.claude-haiku-5-5")
        .price()
        .expect("a price");
    let at_the_limit = price.cost(&only(|it| it.read = 100_000));
    let above = price.cost(&only(|it| it.read = 100_001));
    assert_eq!(at_the_limit.to_string(), "$0.001");
    assert_eq!(above.as_picodollars(), 100_001 * 50 * 1000);
}

#[test]
fn small_amounts_are_shown_to_a_millionth() {
    for (picodollars, shown) in [
        (0, "$0.00"),
        (499_999, "$0.00"),
        (500_000, "$0.000001"),
        (12_300_000_000, "$0.0123"),
        (3_000_000_000_000, "$3.00"),
        (1_999_999_999_999, "$2.00"),
        (u64::MAX, "$18446744.073709"),
    ] {
        assert_eq!(Usd::from_picodollars(picodollars).to_string(), shown);
    }
}

proptest! {
    #[test]
    fn reading_is_never_dearer_than_not_caching(count in 0_u64..1_000_000, row in 0..TABLE.len()) {
        if let Some(price) = resolve(&format!("us.{}", TABLE[row].id())).price() {
            let full = price.cost(&only(|it| it.input = count));
            prop_assert!(price.cost(&only(|it| it.read = count)) <= full);
            prop_assert!(price.cost(&only(|it| it.written_5m = count)) >= full);
        }
    }

    #[test]
    fn no_counts_are_too_large(counts in any::<[u64; 5]>(), row in 0..TABLE.len()) {
        let [input, read, written_5m, written_1h, output] = counts;
        let tokens = TokenCounts { input, read, written_5m, written_1h, output };
        if let Some(price) = resolve(&TABLE[row].id()).price() {
            let _ = price.cost(&tokens.plus(tokens));
        }
    }
}

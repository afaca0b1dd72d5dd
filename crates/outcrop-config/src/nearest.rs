//! The known name that a person probably meant.

use strsim::osa_distance;

/// Names longer than this are not typing slips, and comparing them is not free.
const LONGEST: usize = 40;

/// The candidate nearest to `written`, if one is near enough to be a slip of the fingers.
///
/// ```
/// assert_eq!(outcrop_config::nearest("regoin", ["region", "profile"]), Some("region"));
/// assert_eq!(outcrop_config::nearest("flavour", ["region", "profile"]), None);
/// ```
pub fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let normal = normalize(written);
    candidates
        .into_iter()
        .map(|candidate| (osa_distance(&normal, &normalize(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// About one slip in every three characters, but never a different short word.
fn tolerance(candidate: &str) -> usize {
    match candidate.chars().count() {
        0..=3 => 1,
        4..=7 => 2,
        _ => 3,
    }
}

/// Case and the choice between `-`, `_` and nothing do not make names differ.
fn normalize(name: &str) -> String {
    name.chars()
        .filter(|character| !matches!(character, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: [&str; 5] = ["region", "profile", "top_k", "top_p", "max_tokens"];

    #[test]
    fn slips_find_the_name_that_was_meant() {
        for (written, meant) in [
            ("regoin", "region"),
            ("Region", "region"),
            ("profil", "profile"),
            ("maxTokens", "max_tokens"),
            ("max-tokens", "max_tokens"),
            ("max_token", "max_tokens"),
            ("topk", "top_k"),
        ] {
            assert_eq!(nearest(written, NAMES), Some(meant), "{written}");
        }
    }

    #[test]
    fn other_words_find_nothing() {
        for written in [
            "",
            "flavour",
            "x",
            "a_very_long_key_that_nobody_would_ever_write_by_hand",
        ] {
            assert_eq!(nearest(written, NAMES), None, "{written}");
        }
    }
}

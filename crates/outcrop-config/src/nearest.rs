//! The known name that a person probably meant.

/// Names longer than this are not typing slips, and comparing them is not free.
const LONGEST: usize = 40;

/// The candidate nearest to `written`, if one is near enough to be a slip of the fingers.
pub(crate) fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if written.len() > LONGEST {
        return None;
    }
    let normal = normalize(written);
    candidates
        .into_iter()
        .map(|candidate| (distance(&normal, &normalize(candidate)), candidate))
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
fn normalize(name: &str) -> Vec<char> {
    name.chars()
        .filter(|character| !matches!(character, '-' | '_' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Insertions, deletions, replacements and swaps of neighbours between the two.
fn distance(from: &[char], to: &[char]) -> usize {
    let width = to.len() + 1;
    let mut before = vec![0; width];
    let mut previous: Vec<usize> = (0..width).collect();
    for (row, &left) in from.iter().enumerate() {
        let mut current = vec![row + 1; width];
        for (column, &right) in to.iter().enumerate() {
            let replaced = previous[column] + usize::from(left != right);
            let mut best = replaced
                .min(previous[column + 1] + 1)
                .min(current[column] + 1);
            let swapped = row > 0 && column > 0 && from[row - 1] == right && to[column - 1] == left;
            if swapped {
                best = best.min(before[column - 1] + 1);
            }
            current[column + 1] = best;
        }
        before = std::mem::replace(&mut previous, current);
    }
    previous[to.len()]
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

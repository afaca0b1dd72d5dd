//! Claude's names: the line and the version inside a foundation model ID.

/// A line of Claude models.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Line {
    /// Claude 1, 2 and Instant, from before there were lines.
    Legacy,
    /// Haiku, the small models.
    Haiku,
    /// Sonnet, the middle models.
    Sonnet,
    /// Opus, the large models.
    Opus,
    /// Fable.
    Fable,
    /// Mythos.
    Mythos,
}

impl Line {
    fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "haiku" => Self::Haiku,
            "sonnet" => Self::Sonnet,
            "opus" => Self::Opus,
            "fable" => Self::Fable,
            "mythos" => Self::Mythos,
            _ => return None,
        })
    }
}

/// What follows the line in a name.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Version {
    /// A preview without a number. It comes before every numbered version and is nobody's
    /// sibling.
    Preview,
    /// Major and minor; a missing minor is 0.
    Number(u8, u8),
}

/// Reads the line and version of a Claude model from a base ID such as
/// `anthropic.claude-sonnet-4-5-20250929-v1:0`.
///
/// `None` when the ID is not of that form, which includes the IDs of other vendors.
pub(crate) fn parse(base: &str) -> Option<(Line, Version)> {
    let name = base.strip_prefix("anthropic.claude-")?;
    let name = name.split_once(':').map_or(name, |(name, _)| name);
    let mut words: [&str; 5] = [""; 5];
    let mut count = 0;
    for word in name.split('-') {
        *words.get_mut(count)? = word;
        count += 1;
    }
    let mut words = &words[..count];
    if let [rest @ .., last] = words
        && is_revision(last)
    {
        words = rest;
    }
    if let [rest @ .., last] = words
        && is_date(last)
    {
        words = rest;
    }
    match words {
        [] | ["instant"] => Some((Line::Legacy, Version::Number(2, 0))),
        ["3", line] => Some((Line::from_word(line)?, Version::Number(3, 0))),
        ["3", minor, line] => Some((Line::from_word(line)?, Version::Number(3, number(minor)?))),
        ["mythos", "preview"] => Some((Line::Mythos, Version::Preview)),
        [line, major] => Some((Line::from_word(line)?, Version::Number(number(major)?, 0))),
        [line, major, minor] => Some((
            Line::from_word(line)?,
            Version::Number(number(major)?, number(minor)?),
        )),
        _ => None,
    }
}

/// A trailing `v1`.
fn is_revision(word: &str) -> bool {
    word.strip_prefix('v').is_some_and(|digits| {
        !digits.is_empty() && digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A release date such as `20250929`.
fn is_date(word: &str) -> bool {
    word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit())
}

/// One or two digits.
fn number(word: &str) -> Option<u8> {
    let fits = (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    if fits { word.parse().ok() } else { None }
}

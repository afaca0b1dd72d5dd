//! The form-encoded body of the Query protocol.

use crate::route::decode;

/// Names and values, decoded, in the order in which they were sent.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a body. Pairs that cannot be decoded are passed over, so that the missing parameter
    /// is what the refusal speaks of.
    pub(super) fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let pairs = text.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((plain(name)?, plain(value)?))
        });
        Self(pairs.collect())
    }

    /// The first value of a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(have, _)| have == name)
            .map(|(_, value)| value.as_str())
    }
}

/// A plus sign stands for a space in a form, and only there.
fn plain(text: &str) -> Option<String> {
    decode(&text.replace('+', " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded() {
        let form = Form::read(b"Action=AssumeRole&RoleArn=arn%3Aaws&Name=a+b%2Bc&Empty=&Bad=%zz");
        assert_eq!(form.get("Action"), Some("AssumeRole"));
        assert_eq!(form.get("RoleArn"), Some("arn:aws"));
        assert_eq!(form.get("Name"), Some("a b+c"));
        assert_eq!(form.get("Empty"), Some(""));
        assert_eq!(form.get("Bad"), None);
    }
}

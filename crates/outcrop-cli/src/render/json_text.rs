//! JSON laid out for reading, with every token as it is: what is shown is what is sent.

/// Lays out JSON text that is valid. Numbers, strings and the order and repetition of keys stay as
/// they are written; only white space between tokens changes.
pub(crate) fn lay_out(json: &str) -> String {
    let mut page = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let token = match first {
            '"' => string(rest),
            '{' | '}' | '[' | ']' | ',' | ':' => &rest[..1],
            _ if first.is_whitespace() => "",
            _ => bare(rest),
        };
        let after = rest[token.len().max(first.len_utf8())..].trim_start();
        match token {
            "{" | "[" if after.starts_with(['}', ']']) => page.push_str(token),
            "{" | "[" => {
                depth += 1;
                page.push_str(token);
                break_line(&mut page, depth);
            }
            "}" | "]" if page.ends_with(['{', '[']) => page.push_str(token),
            "}" | "]" => {
                depth -= 1;
                break_line(&mut page, depth);
                page.push_str(token);
            }
            "," => {
                page.push_str(token);
                break_line(&mut page, depth);
            }
            ":" => page.push_str(": "),
            token => page.push_str(token),
        }
        rest = after;
    }
    page
}

fn break_line(page: &mut String, depth: usize) {
    page.push('\n');
    page.extend(std::iter::repeat_n("  ", depth));
}

/// The string that `rest` begins with, quotes and escapes included.
fn string(rest: &str) -> &str {
    let mut escaped = false;
    let end = rest.char_indices().skip(1).find(|(_, character)| {
        let is_end = *character == '"' && !escaped;
        escaped = *character == '\\' && !escaped;
        is_end
    });
    end.map_or(rest, |(end, _)| &rest[..=end])
}

/// The number or the word that `rest` begins with.
fn bare(rest: &str) -> &str {
    let is_end = |character: char| ",:]}".contains(character) || character.is_whitespace();
    rest.find(is_end).map_or(rest, |end| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::lay_out;

    #[test]
    fn only_white_space_changes() {
        let json = r#"{"a":[],"b":{},"c":[1e400,0.70,{"x":1,"x":"\"}, :[\\"}],"ü":null}"#;
        let expected = r#"{
  "a": [],
  "b": {},
  "c": [
    1e400,
    0.70,
    {
      "x": 1,
      "x": "\"}, :[\\"
    }
  ],
  "ü": null
}"#;
        assert_eq!(lay_out(json), expected);
    }
}

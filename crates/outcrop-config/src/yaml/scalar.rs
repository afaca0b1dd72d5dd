//! What a plain scalar means: the core schema of YAML 1.2 (section 10.3.2).
//!
//! `serde_yaml` follows it but for leading zeros, `0b`, and signs before `0x` and `0o`.

use serde_yaml::Value;

/// The value of a plain scalar.
pub(super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::String(text.to_owned())),
    }
}

/// An integer as `i64` or `u64`, and as `f64` where 64 bits do not hold it; or a float.
fn number(text: &str) -> Option<Value> {
    if let Some(digits) = text.strip_prefix("0o") {
        return in_radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return in_radix(digits, 16);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => Some(f64::NEG_INFINITY.into()),
        ".inf" | ".Inf" | ".INF" => Some(f64::INFINITY.into()),
        ".nan" | ".NaN" | ".NAN" if text == unsigned => Some(f64::NAN.into()),
        _ if is_decimal(unsigned) => Some(decimal(text)),
        _ => None,
    }
}

fn in_radix(digits: &str, radix: u32) -> Option<Value> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = u64::from_str_radix(digits, radix).map_or(Value::from(f64::INFINITY), Value::from);
    Some(value)
}

/// `[0-9]+`, or `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`.
fn is_decimal(unsigned: &str) -> bool {
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_is_sound = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    !(whole.is_empty() && fraction.is_empty())
        && all_digits(whole)
        && all_digits(fraction)
        && exponent_is_sound
}

fn decimal(text: &str) -> Value {
    if let Ok(integer) = text.parse::<i64>() {
        return integer.into();
    }
    if let Ok(integer) = text.parse::<u64>() {
        return integer.into();
    }
    // `is_decimal` admits nothing that this cannot read.
    text.parse::<f64>().unwrap_or(f64::NAN).into()
}

#[cfg(test)]
mod tests {
    use serde_yaml::Value;

    use super::resolve;

    #[test]
    fn words_are_resolved_by_the_core_schema() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(resolve(text), Value::Null, "{text}");
        }
        for (text, value) in [("true", true), ("TRUE", true), ("False", false)] {
            assert_eq!(resolve(text), Value::Bool(value), "{text}");
        }
        for text in ["off", "no", "yes", "on", "y", "None", "nULL", "tRUE"] {
            assert_eq!(resolve(text), Value::String(text.into()), "{text}");
        }
    }

    #[test]
    fn integers_are_resolved_by_the_core_schema() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("+12", 12),
            ("-19", -19),
            ("017", 17),
            ("0o17", 15),
            ("0x1F", 31),
            ("9223372036854775807", i64::MAX),
        ] {
            assert_eq!(resolve(text), Value::from(value), "{text}");
        }
        assert_eq!(resolve("18446744073709551615"), Value::from(u64::MAX));
        assert_eq!(resolve("99999999999999999999"), Value::from(1e20));
    }

    #[test]
    fn floats_are_resolved_by_the_core_schema() {
        for (text, value) in [
            ("0.5", 0.5),
            (".5", 0.5),
            ("1.", 1.0),
            ("-0.0", -0.0),
            ("1e4", 1e4),
            ("+12.5E-1", 1.25),
            (".inf", f64::INFINITY),
            ("-.INF", f64::NEG_INFINITY),
        ] {
            assert_eq!(resolve(text), Value::from(value), "{text}");
        }
        assert!(resolve(".nan").as_f64().is_some_and(f64::is_nan));
    }

    #[test]
    fn what_only_looks_like_a_number_is_a_text() {
        for text in [
            "8_192", "0b1", "-0x1", "+0o7", "0x", "0o8", "1e", "e1", ".", "+", "-", "1.2.3",
            "+.nan", "nan", "inf", "1 2", "٣", "12e+", "1,000",
        ] {
            assert_eq!(resolve(text), Value::String(text.into()), "{text}");
        }
    }
}

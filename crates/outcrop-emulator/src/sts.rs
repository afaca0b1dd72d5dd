//! AWS STS: `AssumeRole` and `GetCallerIdentity`.
//!
//! Source: AWS STS API reference and botocore service model `sts/2011-06-15`. Every well-formed
//! role can be assumed by whoever signs correctly: there are no trust policies here.

mod form;
pub(crate) mod reply;

use crate::auth::{Caller, Keyring};
use crate::received::{AssumedRole, Operation};
use crate::refusal::Refusal;
use crate::route::Service;
use form::Form;

/// The length of a role's credentials when the request names none, in seconds.
const DEFAULT_DURATION: u64 = 3_600;
/// The longest that credentials last when a role assumes a role, in seconds.
const CHAINED_DURATION: u64 = 3_600;

/// A request to STS, ready to be answered.
pub(crate) struct Call {
    form: Form,
}

impl Call {
    pub(crate) fn read(body: &[u8]) -> Self {
        Self {
            form: Form::read(body),
        }
    }

    pub(crate) fn operation(&self) -> Operation {
        match self.form.get("Action") {
            Some("AssumeRole") => Operation::AssumeRole,
            Some("GetCallerIdentity") => Operation::GetCallerIdentity,
            _ => Operation::Unknown,
        }
    }

    /// The XML of the answer. `now` is in seconds since 1970.
    pub(crate) fn answer(
        &self,
        caller: &Caller,
        keyring: &Keyring,
        now: u64,
        request_id: &str,
    ) -> Result<String, Refusal> {
        caller
            .verdict
            .as_ref()
            .map_err(|failure| failure.refusal(Service::Sts))?;
        match self.operation() {
            Operation::AssumeRole => {
                let (role, duration) = self.role(caller)?;
                let user = reply::RoleUser::of(&role);
                let issued = keyring.issue(role, now + duration);
                Ok(reply::assume_role(&user, &issued, request_id))
            }
            Operation::GetCallerIdentity => Ok(reply::caller_identity(caller, request_id)),
            _ => Err(Refusal::new(
                400,
                "InvalidAction",
                format!(
                    "Could not find operation {} for version {}",
                    self.form.get("Action").unwrap_or("null"),
                    self.form.get("Version").unwrap_or("NO_VERSION_SPECIFIED"),
                ),
            )),
        }
    }

    fn role(&self, caller: &Caller) -> Result<(AssumedRole, u64), Refusal> {
        let role_arn = self.text("RoleArn", "roleArn", 20, 2_048)?;
        let session_name = self.text("RoleSessionName", "roleSessionName", 2, 64)?;
        pattern("roleSessionName", session_name, "=,.@-", r"[\w+=,.@-]*")?;
        let external_id = match self.form.get("ExternalId") {
            None => None,
            Some(_) => Some(self.text("ExternalId", "externalId", 2, 1_224)?),
        };
        if let Some(external_id) = external_id {
            pattern("externalId", external_id, "=,.@:/-", r"[\w+=,.@:\/-]*")?;
        }
        let duration = self.duration(caller)?;
        if role_name(role_arn).is_none() {
            return Err(invalid(format!("{role_arn} is invalid")));
        }
        let role = AssumedRole {
            role_arn: role_arn.to_owned(),
            session_name: session_name.to_owned(),
            external_id: external_id.map(str::to_owned),
        };
        Ok((role, duration))
    }

    fn text(&self, name: &str, member: &str, min: usize, max: usize) -> Result<&str, Refusal> {
        let Some(value) = self.form.get(name) else {
            return Err(constraint("null", member, "Member must not be null"));
        };
        let length = value.chars().count();
        let bound = if length < min {
            format!("Member must have length greater than or equal to {min}")
        } else if length > max {
            format!("Member must have length less than or equal to {max}")
        } else {
            return Ok(value);
        };
        Err(constraint(value, member, &bound))
    }

    /// 900 to 43,200 seconds, and at most an hour for a role that assumes a role.
    fn duration(&self, caller: &Caller) -> Result<u64, Refusal> {
        let Some(text) = self.form.get("DurationSeconds") else {
            return Ok(DEFAULT_DURATION);
        };
        let Ok(seconds) = text.parse::<u64>() else {
            return Err(Refusal::new(
                400,
                "MalformedInput",
                "Invalid value for parameter DurationSeconds: an integer is expected",
            ));
        };
        let bound = match seconds {
            900..=43_200 => None,
            ..900 => Some("greater than or equal to 900"),
            _ => Some("less than or equal to 43200"),
        };
        if let Some(bound) = bound {
            let bound = format!("Member must have value {bound}");
            return Err(constraint(text, "durationSeconds", &bound));
        }
        let chained = caller
            .identity
            .as_ref()
            .is_some_and(|identity| identity.role.is_some());
        if chained && seconds > CHAINED_DURATION {
            return Err(invalid(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed \
                 by role chaining"
                    .to_owned(),
            ));
        }
        Ok(seconds)
    }
}

fn pattern(member: &str, value: &str, symbols: &str, pattern: &str) -> Result<(), Refusal> {
    let allowed = |letter: char| {
        letter.is_ascii_alphanumeric() || letter == '_' || letter == '+' || symbols.contains(letter)
    };
    if value.chars().all(allowed) {
        return Ok(());
    }
    let text = format!("Member must satisfy regular expression pattern: {pattern}");
    Err(constraint(value, member, &text))
}

fn constraint(value: &str, member: &str, text: &str) -> Refusal {
    let value = if value == "null" {
        "null".to_owned()
    } else {
        format!("'{value}'")
    };
    invalid(format!(
        "1 validation error detected: Value {value} at '{member}' failed to satisfy constraint: \
         {text}"
    ))
}

fn invalid(message: String) -> Refusal {
    Refusal::new(400, "ValidationError", message)
}

/// The account and the name of a role ARN, without the role's path.
fn role_name(arn: &str) -> Option<(&str, &str)> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts[..] else {
        return None;
    };
    let name = resource.strip_prefix("role/")?.rsplit('/').next()?;
    let named = !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "_+=,.@-".contains(letter));
    let valid = (partition == "aws" || partition.starts_with("aws-"))
        && account.len() == 12
        && account.bytes().all(|byte| byte.is_ascii_digit())
        && named;
    valid.then_some((account, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_arn_has_an_account_and_a_name() {
        assert_eq!(
            role_name("arn:aws:iam::111122223333:role/teams/a/reader"),
            Some(("111122223333", "reader"))
        );
        for arn in [
            "arn:aws:iam::111122223333:user/reader",
            "arn:aws:iam::11112222333:role/reader",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:sts::111122223333:role/reader",
            "arn:gcp:iam::111122223333:role/reader",
            "role/reader-with-enough-length",
        ] {
            assert_eq!(role_name(arn), None, "{arn}");
        }
    }
}

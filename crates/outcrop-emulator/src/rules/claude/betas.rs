//! Beta flags.

use serde_json::Value;

use crate::converse::Call;
use crate::models::Claude;
use crate::refusal::Refusal;
use crate::rules::Verdict;

/// The flags are a list of texts, and each is one that the model accepts: one unknown flag fails
/// the whole request (reported error text).
pub(super) fn are_known(call: &Call<'_>, claude: &Claude) -> Verdict {
    let Some(flags) = call.request.field("anthropic_beta") else {
        return Ok(());
    };
    let Value::Array(flags) = flags else {
        return Err(Refusal::from_model(
            "anthropic_beta: Input should be a valid list",
        ));
    };
    let known = |flag: &Value| {
        flag.as_str()
            .is_some_and(|flag| claude.betas.contains(&flag))
    };
    if flags.iter().all(known) {
        Ok(())
    } else {
        Err(Refusal::from_model("invalid beta flag"))
    }
}

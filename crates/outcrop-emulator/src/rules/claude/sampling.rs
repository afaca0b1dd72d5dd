//! `temperature`, `top_p` and `top_k`.

use serde_json::Value;

use crate::converse::Call;
use crate::models::{Claude, Sampling};
use crate::refusal::Refusal;
use crate::rules::Verdict;

/// The three parameters as a request sets them. Single precision, because SDKs that hold them so
/// send 0.95 as 0.949999988079071.
struct Parameters {
    temperature: Option<f32>,
    top_p: Option<f32>,
    has_top_k: bool,
}

impl Parameters {
    fn of(call: &Call<'_>) -> Self {
        #[allow(clippy::cast_possible_truncation)]
        let number = |value: Option<&Value>| value.and_then(Value::as_f64).map(|it| it as f32);
        Self {
            temperature: number(call.request.inference("temperature", "temperature")),
            top_p: number(call.request.inference("topP", "top_p")),
            has_top_k: call.request.field("top_k").is_some(),
        }
    }

    fn has_hot_temperature(&self) -> bool {
        self.temperature
            .is_some_and(|temperature| temperature != 1.0)
    }
}

/// Claude 4.5 and 4.6 take `temperature` or `top_p` (Bedrock user guide, "Claude Messages API";
/// reported error text). From 4.7 on none is taken but a temperature of 1 (Anthropic, migration
/// guides; reported error text), and on Fable a high `top_p` (AWS model cards).
pub(super) fn is_accepted(call: &Call<'_>, claude: &Claude) -> Verdict {
    let parameters = Parameters::of(call);
    let Parameters {
        temperature, top_p, ..
    } = parameters;
    let top_p_is_fine = match claude.sampling {
        Sampling::Free => return Ok(()),
        Sampling::OneOfTwo if temperature.is_some() && top_p.is_some() => {
            return Err(Refusal::from_model(
                "`temperature` and `top_p` cannot both be specified for this model. Please use \
                 only one.",
            ));
        }
        Sampling::OneOfTwo => return Ok(()),
        Sampling::Fixed => top_p.is_none(),
        Sampling::FixedOrHighTopP => top_p.is_none_or(|it| (0.99..1.0).contains(&it)),
        Sampling::FixedOrTopP99 => top_p.is_none_or(|it| it == 0.99 && temperature.is_none()),
    };
    let refused = [
        ("temperature", parameters.has_hot_temperature()),
        ("top_p", !top_p_is_fine),
        ("top_k", parameters.has_top_k),
    ];
    match refused.iter().find(|(_, refused)| *refused) {
        None => Ok(()),
        Some((name, _)) => Err(Refusal::from_model(format!(
            "`{name}` is deprecated for this model."
        ))),
    }
}

/// While it thinks, a model up to 4.6 takes a temperature of 1, a `top_p` from 0.95, and no
/// `top_k` (Bedrock user guide, "Extended thinking"; reported error texts). The guide says so of
/// budgets; adaptive thinking on 4.6 is held to the same.
pub(super) fn suits_thinking(call: &Call<'_>, claude: &Claude) -> Verdict {
    let before_4_7 = matches!(claude.sampling, Sampling::Free | Sampling::OneOfTwo);
    if !before_4_7 || !call.thinking.is_on() {
        return Ok(());
    }
    let parameters = Parameters::of(call);
    let text = if parameters.has_hot_temperature() {
        "`temperature` may only be set to 1 when thinking is enabled. Please consult our \
         documentation at \
         https://docs.claude.com/en/docs/build-with-claude/extended-thinking#important-considerations-when-using-extended-thinking"
    } else if parameters.top_p.is_some_and(|top_p| top_p < 0.95) {
        "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled."
    } else if parameters.has_top_k {
        "`top_k` must be unset when thinking is enabled."
    } else {
        return Ok(());
    };
    Err(Refusal::from_model(text))
}

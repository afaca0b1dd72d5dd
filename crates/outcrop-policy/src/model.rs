//! What a model identifier turned out to be.

use crate::families::{self, Family, TopKField};
use crate::row::{Row, SamplingRule};
use crate::{ModelId, claude, table};

/// A model as the policy knows it. Made once per configuration, by [`Model::resolve`].
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    id: ModelId,
    kind: Kind,
    unused_base_model: bool,
}

/// What is known of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A Claude model with a row of its own.
    Claude(&'static Row),
    /// A Claude model that is not in the table, judged by its nearest older sibling.
    InferredClaude(&'static Row),
    /// An identifier that hides its model, or a Claude of which nothing is known: it is treated
    /// as a Claude that takes what is written.
    AssumedClaude,
    /// A model of another vendor.
    Other(&'static Family),
    /// A model that is not known at all.
    Unknown,
}

impl Model {
    /// Finds out what `id` names.
    ///
    /// `base_model` says what an opaque ARN really is. It is asked only where the identifier
    /// itself tells nothing.
    ///
    /// ```
    /// use outcrop_policy::{Kind, Model, ModelId};
    ///
    /// let arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";
    /// let model = Model::resolve(ModelId::new(arn), Some("anthropic.claude-opus-4-8"));
    /// assert!(matches!(model.kind(), Kind::Claude(row) if row.name == "claude-opus-4-8"));
    /// ```
    #[must_use]
    pub fn resolve(id: ModelId, base_model: Option<&str>) -> Self {
        let kind = recognize(&id);
        let tells_nothing = matches!(kind, Kind::AssumedClaude | Kind::Unknown);
        match base_model.map(ModelId::new) {
            Some(base) if tells_nothing => {
                let kind = match recognize(&base) {
                    Kind::Unknown if id.is_opaque() => Kind::AssumedClaude,
                    kind => kind,
                };
                Self {
                    id,
                    kind,
                    unused_base_model: false,
                }
            }
            base => Self {
                id,
                kind,
                unused_base_model: base.is_some(),
            },
        }
    }

    /// The identifier.
    #[must_use]
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// What is known of the model.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The row the model is judged by, if it is a Claude that has one.
    #[must_use]
    pub fn row(&self) -> Option<&'static Row> {
        match self.kind {
            Kind::Claude(row) | Kind::InferredClaude(row) => Some(row),
            Kind::AssumedClaude | Kind::Other(_) | Kind::Unknown => None,
        }
    }

    /// Whether the model is a Claude, or is treated as one.
    #[must_use]
    pub fn is_claude(&self) -> bool {
        matches!(
            self.kind,
            Kind::Claude(_) | Kind::InferredClaude(_) | Kind::AssumedClaude
        )
    }

    /// Whether a `base_model` was given that the identifier has no need of.
    #[must_use]
    pub fn has_unused_base_model(&self) -> bool {
        self.unused_base_model
    }

    /// The most tokens of one answer, where that is known.
    #[must_use]
    pub fn max_output(&self) -> Option<u32> {
        self.row().and_then(|row| row.max_output)
    }

    /// Which sampling parameters the model takes while it does not think.
    #[must_use]
    pub fn sampling(&self) -> SamplingRule {
        match self.kind {
            Kind::Claude(row) | Kind::InferredClaude(row) => row.sampling,
            Kind::Other(family) => family.sampling,
            Kind::AssumedClaude | Kind::Unknown => SamplingRule::Any,
        }
    }

    /// Where `top_k` goes.
    #[must_use]
    pub fn top_k_field(&self) -> TopKField {
        match self.kind {
            Kind::Other(family) => family.top_k,
            _ => TopKField::TopLevel,
        }
    }
}

fn recognize(id: &ModelId) -> Kind {
    if id.is_opaque() {
        return Kind::AssumedClaude;
    }
    if let Some((line, version)) = claude::parse(id.base()) {
        return match table::exact(line, version) {
            Some(row) => Kind::Claude(row),
            None => table::sibling(line, version).map_or(Kind::AssumedClaude, Kind::InferredClaude),
        };
    }
    if id.base().starts_with("anthropic.claude") {
        return Kind::AssumedClaude;
    }
    families::find(id.base()).map_or(Kind::Unknown, Kind::Other)
}

//! What a model identifier turned out to be.

use crate::families::{self, Family, TopKField};
use crate::row::{Row, SamplingRule};
use crate::{ModelId, Version, claude, table};

/// A model as the policy knows it. Made once per configuration, by [`Model::resolve`].
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    id: ModelId,
    kind: Kind,
    base_model: BaseModel,
}

/// What became of the `base_model` that was given.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BaseModel {
    /// None was given.
    Unset,
    /// The identifier names its model itself.
    Unused,
    /// The identifier tells nothing, so that this one was asked.
    Used(ModelId),
}

/// What is known of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// A Claude model with a row of its own.
    Claude(&'static Row),
    /// A Claude model that is not in the table, judged by its nearest older sibling.
    InferredClaude {
        /// The row of the sibling.
        sibling: &'static Row,
        /// The version of the model itself.
        version: Version,
    },
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
        let (kind, base_model) = match base_model.map(ModelId::new) {
            Some(base) if tells_nothing => match recognize(&base) {
                Kind::Unknown if id.is_opaque() => (Kind::AssumedClaude, BaseModel::Used(base)),
                kind => (kind, BaseModel::Used(base)),
            },
            Some(_) => (kind, BaseModel::Unused),
            None => (kind, BaseModel::Unset),
        };
        Self {
            id,
            kind,
            base_model,
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
            Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => Some(row),
            Kind::AssumedClaude | Kind::Other(_) | Kind::Unknown => None,
        }
    }

    /// Whether the model is a Claude, or is treated as one.
    #[must_use]
    pub fn is_claude(&self) -> bool {
        matches!(
            self.kind,
            Kind::Claude(_) | Kind::InferredClaude { .. } | Kind::AssumedClaude
        )
    }

    /// What became of the `base_model` that was given.
    #[must_use]
    pub fn base_model(&self) -> &BaseModel {
        &self.base_model
    }

    /// The identifier that says what the model is: its own, or the `base_model`.
    #[must_use]
    pub fn telling_id(&self) -> &ModelId {
        match &self.base_model {
            BaseModel::Used(base) => base,
            BaseModel::Unset | BaseModel::Unused => &self.id,
        }
    }

    /// Whether budget thinking between tool calls is known to need the interleaving beta. A flag
    /// that a model does not take fails the whole call, so that no model after 4.5 inherits it.
    #[must_use]
    pub fn takes_interleaving_beta(&self) -> bool {
        match self.kind {
            Kind::Claude(row) => row.interleaving_beta,
            Kind::InferredClaude { sibling, version } => {
                sibling.interleaving_beta && version <= Version::Number(4, 5)
            }
            Kind::AssumedClaude | Kind::Other(_) | Kind::Unknown => false,
        }
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
            Kind::Claude(row) | Kind::InferredClaude { sibling: row, .. } => row.sampling,
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
            None => match table::sibling(line, version) {
                Some(sibling) => Kind::InferredClaude { sibling, version },
                None => Kind::AssumedClaude,
            },
        };
    }
    if id.base().starts_with("anthropic.claude") {
        return Kind::AssumedClaude;
    }
    families::find(id.base()).map_or(Kind::Unknown, Kind::Other)
}

//! Converse as data: requests, responses, events and frames, without any AWS crate or runtime.
//!
//! There is no second chat model here: [`Message`], [`ContentBlock`], [`ToolConfig`] and the rest
//! are the shapes of the Converse API, so a conversation file is what the AWS CLI and boto3 take.
//! JSON that an author or a model wrote keeps its bytes, and a block that is not known here is
//! kept as it came.
//!
//! [`prepare`] makes the exact bytes of a request out of a [`Conversation`] and a policy
//! decision; [`Decoder`] makes [`Event`]s out of the bytes of a stream; [`Assembler`] makes a
//! [`Response`] out of events.
//!
//! # What this crate does not do
//! It does no I/O, signs nothing and decides nothing about thinking or sampling.
//!
//! You probably want the crate `outcrop`, which wires this one to the rest.

mod adjustment;
mod assemble;
pub mod attachment;
mod cache;
mod citation;
mod conversation;
mod decoder;
mod event;
pub mod frame;
mod members;
mod message;
mod place;
mod plain_delta;
mod prepare;
mod reasoning;
mod response;
mod spending;
mod stop_reason;
mod tool;

pub use adjustment::{Adjustment, ReasoningRefusal};
pub use assemble::Assembler;
pub use cache::{
    CacheMemory, CacheMiss, CachePlace, CachePlan, CachePoint, CachePointKind, CacheSettings,
    CacheStanding, CacheTtl, CacheTtlChoice, ExpectedInput, Misplaced, MissCause, PassedOver,
    PassedOverReason, PlannedPoint, PointReason, Remembered, ToolsChange,
};
pub use citation::{CitationsContent, CitedText};
pub use conversation::{Conversation, InferenceConfig, InvalidConversation, UnknownMember};
pub use decoder::{DecodeError, Decoder, StreamException};
pub use event::{
    BlockStart, ContentBlockDelta, ContentBlockStart, ContentBlockStop, Delta, Event, MessageStart,
    MessageStop, Metadata, ReasoningDelta, ToolUseDelta, ToolUseStart,
};
pub use members::Members;
pub use message::{ContentBlock, Message, Role, SystemBlock};
pub use place::{BlockPlace, Place};
pub use prepare::{Body, PrepareError, Prepared, Settings, plan_cache, prepare};
pub use reasoning::{ReasoningContent, ReasoningText};
pub use response::{CacheDetail, Metrics, Output, Response, Usage};
pub use spending::{Cost, Spending};
pub use stop_reason::StopReason;
pub use tool::{
    InputSchema, Json, SpecificTool, Tool, ToolChoice, ToolConfig, ToolResult, ToolResultBlock,
    ToolResultStatus, ToolSpec, ToolUse,
};

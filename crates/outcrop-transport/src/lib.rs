//! Carries Converse bytes: the AWS SDK signs and sends, frames come back.

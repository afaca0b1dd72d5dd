//! Amazon Bedrock from one YAML file: configuration, thinking policy, credentials, Converse.

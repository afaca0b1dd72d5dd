//! Which identity, region and endpoint a Bedrock call uses, and where each came from.

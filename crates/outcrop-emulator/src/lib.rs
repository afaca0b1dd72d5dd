//! A Bedrock and an STS on loopback that refuse what the services refuse.

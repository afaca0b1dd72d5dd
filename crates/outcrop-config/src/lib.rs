//! The YAML as a person writes it: typed entries, located diagnostics, JSON Schema.

"""The arithmetic of the audit log: what is hashed, how a chain is checked."""

"""Marks in copies: which places of a text carry them, how a leak is read, whom it points to
(docs/tracing.md)."""

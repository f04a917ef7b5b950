"""Marks copies and traces leaks: which places of a text carry marks, how a leak is read, whom it points to
(docs/tracing.md)."""

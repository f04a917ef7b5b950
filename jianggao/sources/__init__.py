"""Reads files as text: encodings, Word, Markdown, archives, files that people send, and files behind an
address."""

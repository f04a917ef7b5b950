"""Finds the handler for what a person typed and runs it; keeps the conversations that some commands open."""

"""Writes the log: its sinks, its files, and warnings that a peer could cause without end."""

"""Plays scenarios (YAML files of messages and expected answers) against the bot, and records them."""

"""Measures what the bot promises: speed, and that marked copies can be traced without accusing innocents."""

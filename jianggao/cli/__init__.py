"""The terminal: the verbs of `python bot.py`, which work without QQ."""

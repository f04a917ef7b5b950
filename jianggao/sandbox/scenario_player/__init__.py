"""Stories in YAML, told to the bot step by step, and what went wrong in them."""

"""From what a person typed to the handler of a command, and the conversations that some commands open."""

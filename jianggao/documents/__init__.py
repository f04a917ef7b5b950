"""A speech as something that can be sent: text, file, forward."""

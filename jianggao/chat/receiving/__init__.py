"""Receives messages: decides which are admitted, in which order and how many, and fetches the files that come
with them."""

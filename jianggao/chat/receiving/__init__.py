"""What comes in: which messages are let through, in which order and how many, and the files that come with
them."""

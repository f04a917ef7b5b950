"""Answers requests to join groups, welcomes newcomers, looks at who is in a group, and removes whose time is
over."""

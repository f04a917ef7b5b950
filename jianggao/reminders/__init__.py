"""Reminds members of the end of their subscriptions: which reminders are due, which were ordered, and what a
member used in a year."""

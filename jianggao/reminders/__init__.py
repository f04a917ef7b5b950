"""Reminds members of the end of their subscriptions: which reminders are due, and which were ordered."""

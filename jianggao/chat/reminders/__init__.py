"""Orders and words the reminders of the end of subscriptions."""

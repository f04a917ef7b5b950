"""Keeps subscriptions: the ledger and its fold, durations, and what operators do to a person's membership."""

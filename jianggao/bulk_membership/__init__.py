"""Imports memberships from tables, by a dry run that is confirmed, and exports members and the ledger."""

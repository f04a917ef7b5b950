"""Decides who may see what: verdicts, previews, daily quotas, delivery records, what was used in a year, and
which groups are bound."""

"""Decides who may see what: verdicts, previews, daily quotas, delivery records, and which groups are
bound."""

"""Who may read what: the ledger of subscriptions, access, previews, allowances and delivery records."""

"""The page of the sandbox: its server, what it shows, and what it may do."""

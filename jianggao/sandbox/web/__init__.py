"""The page of the sandbox: its server, what it shows, and the commands it may give."""

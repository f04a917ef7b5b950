-- Which groups the bot serves, and which messages have acted.

CREATE TABLE group_bindings (
    group_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'free')),
    bound_by TEXT NOT NULL,
    bound_at TEXT NOT NULL
) STRICT;

CREATE TABLE claims (
    message TEXT PRIMARY KEY,
    claimed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_time ON claims (claimed_at);

-- Names of people as last seen, the operator's notes on them, and members' wishes to change their account.

CREATE TABLE people (
    account TEXT PRIMARY KEY,
    nickname TEXT NOT NULL DEFAULT '',          -- as last seen; without control characters
    card TEXT NOT NULL DEFAULT '',              -- the name in a group, as last seen
    seen_at TEXT,                               -- the last day of these, YYYY-MM-DD; NULL: never seen, noted only
    note TEXT NOT NULL DEFAULT '',              -- the operator's
    noted_by TEXT,
    noted_at TEXT,
    CHECK (length(nickname) <= 40 AND length(card) <= 40 AND length(note) <= 60),
    CHECK ((note = '') = (noted_by IS NULL) AND (note = '') = (noted_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX people_by_day ON people (seen_at) WHERE note = '';

CREATE TABLE transfer_requests (                -- the last one of each member
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    confirmed_at TEXT,                          -- when the new account said so too, and superusers were told
    settled_at TEXT,                            -- when it was withdrawn, or the subscription was transferred
    CHECK (old <> new)
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_requests_by_new ON transfer_requests (new);

-- Marked copies: the plans they were made by, which key marked them, and who looked for whom.

CREATE TABLE plans (                        -- a stored plan reads old copies, whatever later code would plan
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    strength TEXT NOT NULL,
    plan TEXT NOT NULL,                     -- JSON
    made_at TEXT NOT NULL,
    UNIQUE (version, strength)
) STRICT;

CREATE TABLE retired_mark_keys (            -- their files stay: old copies are read with them
    key_id TEXT PRIMARY KEY,
    retired_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE deliveries ADD COLUMN plan INTEGER;         -- by which plan and key the copy was marked; NULL: clean text
ALTER TABLE deliveries ADD COLUMN mark_key TEXT;
ALTER TABLE deliveries ADD COLUMN text_sha256 TEXT;     -- of the copy's lines without blanks, whatever form it left in
CREATE INDEX deliveries_of_version ON deliveries (version);
CREATE INDEX deliveries_by_sha256 ON deliveries (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX deliveries_by_text ON deliveries (text_sha256) WHERE text_sha256 IS NOT NULL;

CREATE TABLE looks (                        -- each 溯源: the printed chances are multiplied by their number
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by_account TEXT NOT NULL,
    report INTEGER,                         -- the resale report it was done for
    leak_sha256 TEXT NOT NULL,
    versions TEXT NOT NULL,                 -- JSON [version]
    verdict TEXT NOT NULL,
    account TEXT,                           -- who was named, if anybody
    chance TEXT
) STRICT;

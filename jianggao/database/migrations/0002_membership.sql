-- Membership: the ledger, whose fold is every member's state, and what has left to whom.

CREATE TABLE ledger (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    member TEXT NOT NULL,
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    duration TEXT,                              -- P1Y6M0W0D; set for the kinds that give time
    note TEXT NOT NULL,
    target INTEGER REFERENCES ledger (number),  -- the entry that an undo takes out
    message TEXT NOT NULL UNIQUE,               -- one message acts once
    CHECK ((kind = 'undo') = (target IS NOT NULL)),
    CHECK ((kind IN ('grant', 'renew', 'redeem', 'reward')) = (duration IS NOT NULL))
) STRICT;
CREATE INDEX ledger_by_member ON ledger (member);
CREATE INDEX ledger_undos ON ledger (target) WHERE target IS NOT NULL;

CREATE TRIGGER ledger_never_updated BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'ledger rows are never changed');
END;

CREATE TRIGGER ledger_never_deleted BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'ledger rows are never deleted');
END;

-- INSERT OR REPLACE deletes a row without firing the trigger above.
CREATE TRIGGER ledger_never_replaced BEFORE INSERT ON ledger
WHEN EXISTS (SELECT 1 FROM ledger WHERE number = NEW.number OR message = NEW.message)
BEGIN
    SELECT RAISE(ABORT, 'ledger rows are never replaced');
END;

CREATE TRIGGER ledger_undo_of_the_same_member BEFORE INSERT ON ledger
WHEN NEW.target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ledger WHERE number = NEW.target AND member = NEW.member)
BEGIN
    SELECT RAISE(ABORT, 'an undo names an earlier entry of the same member');
END;

-- Every full text and every non-preview section that left, recorded before its first byte (invariant 2). No foreign
-- keys: a record outlives what is purged from the library, and section ids are never used twice.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    account TEXT NOT NULL,
    version INTEGER NOT NULL,
    section INTEGER,                            -- NULL: the full text
    place TEXT NOT NULL,                        -- free_group, member_group, private
    chat TEXT NOT NULL,
    form TEXT NOT NULL,                         -- search, section, random, text, forward …
    outcome TEXT NOT NULL,                      -- recorded, then delivered, refused or unknown
    sha256 TEXT                                 -- of the bytes sent, where a file was sent
) STRICT;
CREATE INDEX deliveries_of_account ON deliveries (account, at, section, outcome);

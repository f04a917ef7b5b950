-- Redeem codes: only keyed hashes of them are stored.

CREATE TABLE code_batches (                     -- codes that were made together
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    by_account TEXT NOT NULL,                   -- who made them; empty: at the terminal
    at TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    duration TEXT NOT NULL,                     -- P1Y6M0W0D: what each code gives
    is_trial INTEGER NOT NULL CHECK (is_trial IN (0, 1)),
    note TEXT NOT NULL,
    last_day TEXT,                              -- YYYY-MM-DD, the last day on which they can be redeemed
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),   -- pending: not handed over yet
    activated_at TEXT,
    CHECK (state <> 'active' OR activated_at IS NOT NULL)
) STRICT;
CREATE INDEX code_batches_by_time ON code_batches (at);
CREATE INDEX code_batches_pending ON code_batches (number) WHERE state = 'pending';

CREATE TABLE redeem_codes (
    hash BLOB PRIMARY KEY,                      -- HMAC-SHA256 by a key derived from the codes key
    batch INTEGER NOT NULL REFERENCES code_batches (number),
    entry INTEGER UNIQUE REFERENCES ledger (number),   -- what redeeming it wrote
    used_by TEXT,
    used_at TEXT,
    revoked_at TEXT,
    revoked_why TEXT CHECK (revoked_why IN ('ordered', 'exposed', 'not handed over')),
    CHECK ((entry IS NULL) = (used_by IS NULL) AND (entry IS NULL) = (used_at IS NULL)),
    CHECK ((revoked_at IS NULL) = (revoked_why IS NULL)),
    CHECK (entry IS NULL OR revoked_at IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX redeem_codes_by_batch ON redeem_codes (batch, entry);
CREATE INDEX redeem_codes_by_account ON redeem_codes (used_by) WHERE used_by IS NOT NULL;

CREATE TABLE code_attempts (                    -- wrong tries of the last hour; a row an account
    account TEXT PRIMARY KEY,
    first_at TEXT NOT NULL,
    wrong INTEGER NOT NULL,
    locked_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TRIGGER code_batches_keep_their_terms
BEFORE UPDATE OF number, by_account, at, size, duration, is_trial, note, last_day ON code_batches
BEGIN
    SELECT RAISE(ABORT, 'the terms of redeem codes are never changed');
END;
CREATE TRIGGER code_batches_never_back BEFORE UPDATE OF state ON code_batches
WHEN OLD.state = 'revoked' AND NEW.state <> 'revoked' OR OLD.state = 'active' AND NEW.state = 'pending'
BEGIN
    SELECT RAISE(ABORT, 'a revoked batch of redeem codes stays revoked');
END;
CREATE TRIGGER code_batches_never_deleted BEFORE DELETE ON code_batches
BEGIN
    SELECT RAISE(ABORT, 'batches of redeem codes are never deleted');
END;
CREATE TRIGGER code_batches_never_replaced BEFORE INSERT ON code_batches
WHEN EXISTS (SELECT 1 FROM code_batches WHERE number = NEW.number)
BEGIN
    SELECT RAISE(ABORT, 'batches of redeem codes are never replaced');
END;

CREATE TRIGGER redeem_codes_keep_their_hash BEFORE UPDATE OF hash, batch ON redeem_codes
BEGIN
    SELECT RAISE(ABORT, 'the hash of a redeem code is never changed');
END;
CREATE TRIGGER redeem_codes_are_spent_once BEFORE UPDATE ON redeem_codes
WHEN OLD.entry IS NOT NULL OR OLD.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a used or revoked redeem code stays so');
END;
CREATE TRIGGER redeem_codes_are_of_an_active_batch BEFORE UPDATE OF entry ON redeem_codes
WHEN NEW.entry IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM code_batches WHERE number = NEW.batch AND state = 'active'
)
BEGIN
    SELECT RAISE(ABORT, 'only codes of an active batch are redeemed');
END;
CREATE TRIGGER redeem_codes_have_an_entry BEFORE UPDATE OF entry ON redeem_codes
WHEN NEW.entry IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ledger WHERE number = NEW.entry AND kind = 'redeem' AND member = NEW.used_by
)
BEGIN
    SELECT RAISE(ABORT, 'a used redeem code names the entry that it wrote');
END;
CREATE TRIGGER redeem_codes_begin_unused BEFORE INSERT ON redeem_codes
WHEN NEW.entry IS NOT NULL OR NEW.revoked_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a new redeem code is unused');
END;
CREATE TRIGGER redeem_codes_never_deleted BEFORE DELETE ON redeem_codes
BEGIN
    SELECT RAISE(ABORT, 'redeem codes are never deleted');
END;
CREATE TRIGGER redeem_codes_never_replaced BEFORE INSERT ON redeem_codes
WHEN EXISTS (SELECT 1 FROM redeem_codes WHERE hash = NEW.hash)
BEGIN
    SELECT RAISE(ABORT, 'redeem codes are never replaced');
END;

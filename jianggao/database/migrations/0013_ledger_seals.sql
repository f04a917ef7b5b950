-- A seal is a keyed hash of all ledger rows up to a number. Rows are only added to the ledger, so that every seal holds for
-- ever: a byte that is changed in a sealed row, here or in a copy, no longer fits.

CREATE TABLE ledger_seals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    last_entry INTEGER NOT NULL,                -- the number of the last row that it covers
    seal TEXT NOT NULL,
    accepted INTEGER NOT NULL DEFAULT 0         -- 1: the operator accepted the ledger as it stood; earlier seals don't count
) STRICT;

CREATE TRIGGER ledger_seals_never_updated BEFORE UPDATE ON ledger_seals
BEGIN
    SELECT RAISE(ABORT, 'ledger seals are never changed');
END;

CREATE TRIGGER ledger_seals_never_deleted BEFORE DELETE ON ledger_seals
BEGIN
    SELECT RAISE(ABORT, 'ledger seals are never deleted');
END;

-- INSERT OR REPLACE deletes a row without firing the trigger above.
CREATE TRIGGER ledger_seals_never_replaced BEFORE INSERT ON ledger_seals
WHEN EXISTS (SELECT 1 FROM ledger_seals WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'ledger seals are never replaced');
END;

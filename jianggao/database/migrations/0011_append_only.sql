-- What has left, and who looked for whom, are evidence: records are only added to, as in the ledger.

-- Once settled a delivery is never changed in any column, those of later migrations too.
CREATE TRIGGER deliveries_only_settled BEFORE UPDATE ON deliveries
WHEN OLD.outcome <> 'recorded' OR NEW.outcome = 'recorded'
BEGIN
    SELECT RAISE(ABORT, 'of a delivery only its outcome is written later, and once');
END;

-- And with its outcome nothing else is. A migration that adds a column adds it to a trigger of its own.
CREATE TRIGGER deliveries_settled_alone BEFORE UPDATE OF
    id, at, account, version, section, place, chat, form, sha256, plan, mark_key, text_sha256, keyed_bits, marked_for
    ON deliveries
BEGIN
    SELECT RAISE(ABORT, 'of a delivery only its outcome is written later, and once');
END;

CREATE TRIGGER deliveries_never_deleted BEFORE DELETE ON deliveries
BEGIN
    SELECT RAISE(ABORT, 'deliveries are never deleted');
END;

-- INSERT OR REPLACE deletes a row without firing the trigger above.
CREATE TRIGGER deliveries_never_replaced BEFORE INSERT ON deliveries
WHEN EXISTS (SELECT 1 FROM deliveries WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'deliveries are never replaced');
END;

CREATE TRIGGER looks_never_updated BEFORE UPDATE ON looks
BEGIN
    SELECT RAISE(ABORT, 'looks are never changed');
END;
CREATE TRIGGER looks_never_deleted BEFORE DELETE ON looks
BEGIN
    SELECT RAISE(ABORT, 'looks are never deleted');
END;
CREATE TRIGGER looks_never_replaced BEFORE INSERT ON looks
WHEN EXISTS (SELECT 1 FROM looks WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'looks are never replaced');
END;

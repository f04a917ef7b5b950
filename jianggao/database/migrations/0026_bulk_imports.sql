-- Imports from tables: what a dry run found, until it is confirmed, and which orders of a shop were granted.

CREATE TABLE pending_imports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,       -- what 确认导入 takes
    kind TEXT NOT NULL,                             -- what is imported, as `ImportKind` names it
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    digest TEXT NOT NULL,                           -- SHA-256 of the file or the pasted text
    lines TEXT NOT NULL,                            -- JSON; emptied when it isn't open any more
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    decided_at TEXT,
    CHECK ((state = 'open') = (decided_at IS NULL))
) STRICT;
CREATE INDEX pending_imports_done ON pending_imports (digest) WHERE state = 'done';

CREATE TRIGGER pending_imports_are_decided_once BEFORE UPDATE ON pending_imports
WHEN OLD.state <> 'open'
BEGIN
    SELECT RAISE(ABORT, 'an import is confirmed or dropped once');
END;
CREATE TRIGGER pending_imports_never_deleted BEFORE DELETE ON pending_imports
BEGIN
    SELECT RAISE(ABORT, 'imports are never deleted');
END;

-- An order is granted once for ever, also where its entry was undone since.
CREATE TABLE shop_orders (
    order_number TEXT PRIMARY KEY,
    entry INTEGER NOT NULL REFERENCES ledger (number)
) STRICT;

CREATE TRIGGER shop_orders_never_updated BEFORE UPDATE ON shop_orders
BEGIN
    SELECT RAISE(ABORT, 'orders are never changed');
END;
CREATE TRIGGER shop_orders_never_deleted BEFORE DELETE ON shop_orders
BEGIN
    SELECT RAISE(ABORT, 'orders are never deleted');
END;
-- INSERT OR REPLACE deletes a row without firing the trigger above.
CREATE TRIGGER shop_orders_never_replaced BEFORE INSERT ON shop_orders
WHEN EXISTS (SELECT 1 FROM shop_orders WHERE order_number = NEW.order_number)
BEGIN
    SELECT RAISE(ABORT, 'an order is granted once');
END;

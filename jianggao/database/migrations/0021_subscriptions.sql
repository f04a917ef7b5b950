-- Subscriptions that move to another account, begin on another day than that of their entry, or are for trial.

-- Of a transfer: the account that the subscription moves to.
ALTER TABLE ledger ADD COLUMN successor TEXT;
-- The first day of the given time, YYYY-MM-DD, where that isn't the day of the entry.
ALTER TABLE ledger ADD COLUMN starts_on TEXT;
-- 1: the time was given for trial.
ALTER TABLE ledger ADD COLUMN is_trial INTEGER CHECK (is_trial IS NULL OR is_trial = 1);

CREATE INDEX ledger_by_successor ON ledger (successor) WHERE successor IS NOT NULL;
CREATE INDEX ledger_trials ON ledger (member) WHERE is_trial IS NOT NULL;

CREATE TRIGGER ledger_transfers_have_a_successor BEFORE INSERT ON ledger
WHEN (NEW.kind = 'transfer') <> (NEW.successor IS NOT NULL) OR NEW.successor = NEW.member
BEGIN
    SELECT RAISE(ABORT, 'a transfer names another account');
END;

CREATE TRIGGER ledger_beginnings_and_trials_give_time BEFORE INSERT ON ledger
WHEN (NEW.starts_on IS NOT NULL OR NEW.is_trial IS NOT NULL) AND NEW.duration IS NULL
BEGIN
    SELECT RAISE(ABORT, 'only what gives time has a beginning or is a trial');
END;

-- What the bot sends by itself (pushes), the reminders among it, and how often each member searched.

CREATE TABLE pushes (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                           -- when it was ordered
    kind TEXT NOT NULL,                         -- who words and judges it: reminder, …
    subject TEXT NOT NULL UNIQUE,               -- what it says to whom: the same is never pushed twice
    place TEXT NOT NULL CHECK (place IN ('group', 'private')),
    chat TEXT NOT NULL,                         -- the group, or the person
    text TEXT NOT NULL,                         -- emptied some time after it is settled
    not_before TEXT NOT NULL,
    expires_at TEXT NOT NULL,                   -- from then on it isn't sent any more
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'refused', 'unknown', 'dropped',
                                       'expired')),
    settled_at TEXT
) STRICT;

CREATE INDEX pushes_waiting ON pushes (not_before, id) WHERE state = 'waiting';
CREATE INDEX pushes_sending ON pushes (id) WHERE state = 'sending';
CREATE INDEX pushes_undelivered ON pushes (id) WHERE state IN ('refused', 'unknown', 'expired');
CREATE INDEX pushes_settled ON pushes (settled_at) WHERE settled_at IS NOT NULL;

-- What has left, or may have, is never sent again. Back to waiting comes only what certainly didn't leave; what was
-- dropped never did.
CREATE TRIGGER pushes_never_sent_again BEFORE UPDATE OF state ON pushes
WHEN NEW.state IN ('waiting', 'sending') AND OLD.state NOT IN ('waiting', 'sending', 'dropped')
BEGIN
    SELECT RAISE(ABORT, 'what may have left is never sent again');
END;
CREATE TRIGGER pushes_never_replaced BEFORE INSERT ON pushes
WHEN EXISTS (SELECT 1 FROM pushes WHERE id = NEW.id OR subject = NEW.subject)
BEGIN
    SELECT RAISE(ABORT, 'pushes are never replaced');
END;

-- Each reminder of the end of a subscription, once for each end.
CREATE TABLE reminders (
    account TEXT NOT NULL,
    valid_until TEXT NOT NULL,                  -- the last day of the subscription, YYYY-MM-DD
    kind TEXT NOT NULL CHECK (kind IN ('week', 'day', 'last_day', 'ended')),
    at TEXT NOT NULL,
    push INTEGER REFERENCES pushes (id) ON DELETE SET NULL,
    outcome TEXT NOT NULL DEFAULT 'waiting',    -- the state of its push, also when that is deleted
    is_listed INTEGER NOT NULL DEFAULT 0 CHECK (is_listed IN (0, 1)),  -- superusers were told that it wasn't delivered
    PRIMARY KEY (account, valid_until, kind)
) STRICT, WITHOUT ROWID;

CREATE INDEX reminders_by_end ON reminders (valid_until);
CREATE INDEX reminders_by_push ON reminders (push) WHERE push IS NOT NULL;

-- What became of a reminder outlives its push.
CREATE TRIGGER reminders_keep_the_outcome AFTER UPDATE OF state ON pushes
BEGIN
    UPDATE reminders SET outcome = NEW.state WHERE push = NEW.id;
END;

-- How many searches of a member were answered in a calendar year: only the number, never what was searched for.
CREATE TABLE usage_counts (
    account TEXT NOT NULL,
    year INTEGER NOT NULL,
    searches INTEGER NOT NULL,
    PRIMARY KEY (account, year)
) STRICT, WITHOUT ROWID;

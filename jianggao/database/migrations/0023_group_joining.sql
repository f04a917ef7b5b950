-- Requests to join bound groups, newcomers to be welcomed, and members whom the bot removes when their time is over.

CREATE TABLE join_requests (
    id INTEGER PRIMARY KEY,
    self_id TEXT NOT NULL,                      -- the account of the bot that was asked
    flag TEXT NOT NULL,                         -- the request's name at the implementation; nothing is read from it
    group_id TEXT NOT NULL,
    account TEXT NOT NULL,                      -- who asks
    at TEXT NOT NULL,
    approve INTEGER NOT NULL,                   -- 1: let in, 0: turned away
    grounds TEXT NOT NULL,                      -- why, as `Grounds` names it
    reason TEXT NOT NULL,                       -- what the asker reads; '' if let in
    state TEXT NOT NULL CHECK (state IN ('decided', 'answered', 'failed', 'unknown', 'joined', 'missing')),
    attempts INTEGER NOT NULL DEFAULT 0,        -- how often the answer was begun
    settled_at TEXT,                            -- when the state was noted
    told INTEGER NOT NULL DEFAULT 0,            -- whether superusers have read that it needs them
    UNIQUE (self_id, flag)
) STRICT;

CREATE INDEX join_requests_by_account ON join_requests (group_id, account);
CREATE INDEX join_requests_open ON join_requests (state) WHERE told = 0 AND state <> 'joined';
CREATE INDEX join_requests_by_time ON join_requests (at);

CREATE TABLE newcomers (
    group_id TEXT NOT NULL,
    account TEXT NOT NULL,
    self_id TEXT NOT NULL,                      -- the account of the bot that saw the person come
    at TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'welcomed', 'late', 'left')),
    PRIMARY KEY (group_id, account)
) STRICT;

CREATE INDEX newcomers_waiting ON newcomers (at) WHERE state = 'waiting';

-- A person is welcomed once in a group, for ever.
CREATE TRIGGER newcomers_once BEFORE UPDATE OF state ON newcomers WHEN OLD.state <> 'waiting'
BEGIN
    SELECT RAISE(ABORT, 'a person is welcomed once');
END;

CREATE TABLE removals (
    id INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL,
    account TEXT NOT NULL,
    valid_until TEXT NOT NULL,                  -- the last day of the subscription that ended
    announced_at TEXT NOT NULL,                 -- when superusers were told beforehand
    state TEXT NOT NULL CHECK (state IN ('announced', 'removing', 'removed', 'failed', 'unknown', 'spared')),
    at TEXT,                                    -- when it was tried, or given up
    why TEXT NOT NULL DEFAULT '',               -- why the person was spared
    reported INTEGER NOT NULL DEFAULT 0,        -- whether superusers have read what became of it
    UNIQUE (group_id, account, valid_until)
) STRICT;

CREATE INDEX removals_by_time ON removals (at);
CREATE INDEX removals_open ON removals (state) WHERE reported = 0;

-- Nobody is removed a second time: a removal of which nothing is known may have happened.
CREATE TRIGGER removals_never_again BEFORE UPDATE OF state ON removals
WHEN NEW.state IN ('announced', 'removing') AND OLD.state <> 'announced'
BEGIN
    SELECT RAISE(ABORT, 'a removal is tried once');
END;

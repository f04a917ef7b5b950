-- Implementations count the flags of requests anew after a restart, and two may use the same: a request is known by
-- group, account, flag and the time of its event.

CREATE TABLE timed_join_requests (
    id INTEGER PRIMARY KEY,
    self_id TEXT NOT NULL,                      -- the account of the bot that was asked
    flag TEXT NOT NULL,                         -- the request's name at the implementation; nothing is read from it
    group_id TEXT NOT NULL,
    account TEXT NOT NULL,                      -- who asks
    asked_at TEXT,                              -- the time of the event; NULL for one of a list of open requests
    at TEXT NOT NULL,
    approve INTEGER NOT NULL,                   -- 1: let in, 0: turned away
    grounds TEXT NOT NULL,                      -- why, as `Grounds` names it
    reason TEXT NOT NULL,                       -- what the asker reads; '' if let in
    state TEXT NOT NULL CHECK (state IN ('decided', 'answered', 'failed', 'unknown', 'joined', 'missing')),
    attempts INTEGER NOT NULL DEFAULT 0,        -- how often the answer was begun
    settled_at TEXT,                            -- when the state was noted
    told INTEGER NOT NULL DEFAULT 0             -- whether superusers have read that it needs them
) STRICT;

INSERT INTO timed_join_requests
    (id, self_id, flag, group_id, account, at, approve, grounds, reason, state, attempts, settled_at, told)
SELECT id, self_id, flag, group_id, account, at, approve, grounds, reason, state, attempts, settled_at, told
FROM join_requests;

DROP TABLE join_requests;
ALTER TABLE timed_join_requests RENAME TO join_requests;

CREATE INDEX join_requests_by_account ON join_requests (group_id, account);
CREATE INDEX join_requests_open ON join_requests (state) WHERE told = 0 AND state <> 'joined';
CREATE INDEX join_requests_by_time ON join_requests (at);

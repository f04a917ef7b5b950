-- Answers to commands that changed something, stored with the change until they have been given, and listed if they can't be.

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,                           -- of the change
    message TEXT NOT NULL,                      -- the claim's key: which message it answers
    command TEXT NOT NULL,                      -- the command's name, for lists
    asker TEXT NOT NULL,                        -- who gave the command
    self_id TEXT NOT NULL,                      -- the account to send from
    kind TEXT NOT NULL CHECK (kind IN ('group', 'private')),
    chat TEXT NOT NULL,                         -- the group, or the person
    reply_to TEXT,                              -- the message that is quoted
    text TEXT NOT NULL,
    heard_unbound INTEGER NOT NULL,             -- whether a group that isn't bound (any more) hears it
    is_notice INTEGER NOT NULL,                 -- told to somebody else than the asker
    delivery INTEGER REFERENCES deliveries (id),  -- a full text that is to leave: the text is said if it never does
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'refused', 'unknown', 'listed', 'dropped'))
) STRICT;

CREATE INDEX outbox_by_state ON outbox (state, at);

-- What has left, or may have, is never sent again. Back to waiting comes only what certainly didn't leave.
CREATE TRIGGER outbox_never_sent_again BEFORE UPDATE OF state ON outbox
WHEN NEW.state IN ('waiting', 'sending') AND OLD.state NOT IN ('waiting', 'sending')
BEGIN
    SELECT RAISE(ABORT, 'what may have left is never sent again');
END;
CREATE TRIGGER outbox_never_replaced BEFORE INSERT ON outbox
WHEN EXISTS (SELECT 1 FROM outbox WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'answers are never replaced');
END;

-- Trials: since when people are friends of the bot, and the full texts that they received for trial. Time that
-- was given for trial stands in the ledger (is_trial).

CREATE TABLE friends (
    account TEXT PRIMARY KEY,
    -- When the bot first knew of it, in UTC, as all moments are stored.
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX friends_by_since ON friends (since);

CREATE TABLE trial_texts (
    -- The record of the full text that left, or was about to. A refused one counts as none.
    delivery INTEGER PRIMARY KEY REFERENCES deliveries (id),
    account TEXT NOT NULL,
    speech INTEGER NOT NULL
) STRICT;
CREATE INDEX trial_texts_of_account ON trial_texts (account);

CREATE TRIGGER trial_texts_once BEFORE INSERT ON trial_texts
WHEN EXISTS (
    SELECT 1 FROM trial_texts JOIN deliveries ON deliveries.id = trial_texts.delivery
    WHERE trial_texts.account = NEW.account AND deliveries.outcome <> 'refused'
)
BEGIN
    SELECT RAISE(ABORT, 'a person has one full text for trial');
END;
CREATE TRIGGER trial_texts_are_private_full_texts BEFORE INSERT ON trial_texts
WHEN NOT EXISTS (
    SELECT 1 FROM deliveries JOIN versions ON versions.id = deliveries.version
    WHERE deliveries.id = NEW.delivery AND deliveries.account = NEW.account AND deliveries.section IS NULL
        AND deliveries.place = 'private' AND versions.speech = NEW.speech
)
BEGIN
    SELECT RAISE(ABORT, 'a trial is a full text of that speech, in private');
END;
CREATE TRIGGER trial_texts_never_updated BEFORE UPDATE ON trial_texts
BEGIN
    SELECT RAISE(ABORT, 'trials are never changed');
END;
CREATE TRIGGER trial_texts_never_deleted BEFORE DELETE ON trial_texts
BEGIN
    SELECT RAISE(ABORT, 'trials are never deleted');
END;
CREATE TRIGGER trial_texts_never_replaced BEFORE INSERT ON trial_texts
WHEN EXISTS (SELECT 1 FROM trial_texts WHERE delivery = NEW.delivery)
BEGIN
    SELECT RAISE(ABORT, 'trials are never replaced');
END;

-- 统计 counts what left in a day or a month.
CREATE INDEX deliveries_by_moment ON deliveries (at, section, outcome);

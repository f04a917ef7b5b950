-- Resale reports: who reported what, the evidence entrusted to us, what tracing said of it, what was decided. All of it
-- is only added to.

CREATE TABLE reports (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    joined_to INTEGER REFERENCES reports (number),  -- the first report of its case; NULL: this is the first
    case_number INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(joined_to, number)) VIRTUAL,
    reporter TEXT NOT NULL,
    accused TEXT,                                   -- the account, where the reporter named one
    told TEXT NOT NULL,                             -- who or where, in the reporter's words
    at TEXT NOT NULL,
    message TEXT NOT NULL UNIQUE                    -- one message files once
) STRICT;
CREATE INDEX reports_by_case ON reports (case_number);
CREATE INDEX reports_by_reporter ON reports (reporter);
CREATE INDEX reports_by_accused ON reports (accused) WHERE accused IS NOT NULL;

CREATE TABLE report_evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports (number),
    kind TEXT NOT NULL CHECK (kind IN ('text', 'picture', 'file')),
    name TEXT NOT NULL,                             -- as sent; never a path
    text TEXT,
    content BLOB,
    sha256 TEXT NOT NULL,                           -- of the content, or of the text in UTF-8
    likeness TEXT,                                  -- what tells the same evidence again; NULL: too little to tell
    CHECK ((kind = 'text') = (text IS NOT NULL)),
    CHECK ((kind = 'text') = (content IS NULL))
) STRICT;
CREATE INDEX report_evidence_by_report ON report_evidence (report);
CREATE INDEX report_evidence_by_likeness ON report_evidence (likeness) WHERE likeness IS NOT NULL;

CREATE TABLE report_findings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_number INTEGER NOT NULL REFERENCES reports (number),
    at TEXT NOT NULL,
    last_evidence INTEGER NOT NULL,                 -- the newest piece of evidence that it was made of
    verdict TEXT NOT NULL,
    accused TEXT,
    unique_hash INTEGER NOT NULL CHECK (unique_hash IN (0, 1)),
    report TEXT NOT NULL                            -- what tracing answered
) STRICT;
CREATE INDEX report_findings_by_case ON report_findings (case_number);

CREATE TABLE report_decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    case_number INTEGER NOT NULL REFERENCES reports (number),
    kind TEXT NOT NULL CHECK (kind IN ('uphold', 'reject', 'reopen')),
    by_account TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    finding INTEGER REFERENCES report_findings (id),  -- what a case was upheld on
    entry INTEGER REFERENCES ledger (number),       -- the reward, or the undo that took it back
    message TEXT NOT NULL UNIQUE,                   -- one message decides once
    CHECK ((kind = 'uphold') = (finding IS NOT NULL)),
    CHECK (kind <> 'reject' OR entry IS NULL)
) STRICT;
CREATE INDEX report_decisions_by_case ON report_decisions (case_number);

-- Each year given for a report. What stands is what the ledger says; the two indexes are the last guard against
-- paying twice for a case or a seller.
CREATE TABLE report_rewards (
    entry INTEGER PRIMARY KEY REFERENCES ledger (number),
    case_number INTEGER NOT NULL REFERENCES reports (number),
    seller TEXT,
    in_spite INTEGER NOT NULL CHECK (in_spite IN (0, 1)),  -- 仍奖励
    taken_back INTEGER REFERENCES ledger (number)   -- the undo; the one column that is ever set later
) STRICT;
CREATE UNIQUE INDEX report_rewards_once_a_case ON report_rewards (case_number) WHERE taken_back IS NULL;
CREATE UNIQUE INDEX report_rewards_once_a_seller ON report_rewards (seller)
WHERE taken_back IS NULL AND in_spite = 0;

CREATE TRIGGER reports_join_a_first_one BEFORE INSERT ON reports
WHEN NEW.joined_to IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM reports WHERE number = NEW.joined_to AND joined_to IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'a report joins the first one of a case');
END;

CREATE TRIGGER reports_never_updated BEFORE UPDATE ON reports
BEGIN
    SELECT RAISE(ABORT, 'reports are never changed');
END;
CREATE TRIGGER reports_never_deleted BEFORE DELETE ON reports
BEGIN
    SELECT RAISE(ABORT, 'reports are never deleted');
END;
-- INSERT OR REPLACE deletes a row without firing the trigger above; so for the tables below.
CREATE TRIGGER reports_never_replaced BEFORE INSERT ON reports
WHEN EXISTS (SELECT 1 FROM reports WHERE number = NEW.number OR message = NEW.message)
BEGIN
    SELECT RAISE(ABORT, 'reports are never replaced');
END;

CREATE TRIGGER report_evidence_never_updated BEFORE UPDATE ON report_evidence
BEGIN
    SELECT RAISE(ABORT, 'evidence is never changed');
END;
CREATE TRIGGER report_evidence_never_deleted BEFORE DELETE ON report_evidence
BEGIN
    SELECT RAISE(ABORT, 'evidence is never deleted');
END;
CREATE TRIGGER report_evidence_never_replaced BEFORE INSERT ON report_evidence
WHEN EXISTS (SELECT 1 FROM report_evidence WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'evidence is never replaced');
END;

CREATE TRIGGER report_findings_never_updated BEFORE UPDATE ON report_findings
BEGIN
    SELECT RAISE(ABORT, 'findings are never changed');
END;
CREATE TRIGGER report_findings_never_deleted BEFORE DELETE ON report_findings
BEGIN
    SELECT RAISE(ABORT, 'findings are never deleted');
END;
CREATE TRIGGER report_findings_never_replaced BEFORE INSERT ON report_findings
WHEN EXISTS (SELECT 1 FROM report_findings WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'findings are never replaced');
END;

CREATE TRIGGER report_decisions_never_updated BEFORE UPDATE ON report_decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are never changed');
END;
CREATE TRIGGER report_decisions_never_deleted BEFORE DELETE ON report_decisions
BEGIN
    SELECT RAISE(ABORT, 'decisions are never deleted');
END;
CREATE TRIGGER report_decisions_never_replaced BEFORE INSERT ON report_decisions
WHEN EXISTS (SELECT 1 FROM report_decisions WHERE number = NEW.number OR message = NEW.message)
BEGIN
    SELECT RAISE(ABORT, 'decisions are never replaced');
END;

CREATE TRIGGER report_rewards_only_taken_back BEFORE UPDATE ON report_rewards
WHEN OLD.taken_back IS NOT NULL OR NEW.taken_back IS NULL OR NEW.entry <> OLD.entry
    OR NEW.case_number <> OLD.case_number OR NEW.seller IS NOT OLD.seller OR NEW.in_spite <> OLD.in_spite
BEGIN
    SELECT RAISE(ABORT, 'of a reward only its taking back is written later');
END;
CREATE TRIGGER report_rewards_never_deleted BEFORE DELETE ON report_rewards
BEGIN
    SELECT RAISE(ABORT, 'rewards are never deleted');
END;
CREATE TRIGGER report_rewards_never_replaced BEFORE INSERT ON report_rewards
WHEN EXISTS (
    SELECT 1 FROM report_rewards
    WHERE entry = NEW.entry OR (case_number = NEW.case_number AND taken_back IS NULL)
        OR (seller = NEW.seller AND taken_back IS NULL AND in_spite = 0 AND NEW.in_spite = 0)
)
BEGIN
    SELECT RAISE(ABORT, 'a reward stands once for a case and once for a seller');
END;

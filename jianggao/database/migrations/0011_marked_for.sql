-- For whom a copy was marked, where that isn't the account that asked: 'group:<group>:<day>' for what a member group was shown.

ALTER TABLE deliveries ADD COLUMN marked_for TEXT;

-- It is evidence as the other columns are (0012).
CREATE TRIGGER deliveries_marked_for_stays BEFORE UPDATE OF marked_for ON deliveries
BEGIN
    SELECT RAISE(ABORT, 'of a delivery only its outcome is written later, and once');
END;

-- For whom a copy was marked, where that isn't the account that asked: 'group:<group>:<day>' for what a member group was shown.

ALTER TABLE deliveries ADD COLUMN marked_for TEXT;

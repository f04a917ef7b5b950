-- How long superusers have had to object to a removal, by a clock that nobody can set, over all runs of the bot.

ALTER TABLE removals ADD COLUMN waited_seconds REAL NOT NULL DEFAULT 0;

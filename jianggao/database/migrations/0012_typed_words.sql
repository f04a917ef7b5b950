-- What was typed after 随机 was kept for ever, with the chat. Cursors are kept by the names of topics from now on; how far a
-- typed word has come is in memory alone.

DELETE FROM random_cursors WHERE topic <> '';

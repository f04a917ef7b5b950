"""The way out to QQ: the sender, stored answers, notices, and a guard against every other way."""

"""Sends to QQ: the sender, stored answers, notices, and a guard against sends that go round the queue."""

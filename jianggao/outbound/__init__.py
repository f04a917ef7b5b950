"""Decides how messages are sent: pace, outcomes, splitting, the queue. Nothing in here imports NoneBot."""

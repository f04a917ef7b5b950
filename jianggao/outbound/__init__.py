"""How things leave: pace, outcomes, splitting, the queue. No NoneBot in here."""

"""Who people are: their names as last seen, and the operator's notes on them."""

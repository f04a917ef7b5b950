"""What the bot knows and decides. Nothing in here imports NoneBot or an adapter."""

"""The local test adapter: a simulated QQ in a process of its own, its page, and stories told to the bot.

Nothing outside imports this package; it imports neither NoneBot nor an adapter.
"""

"""A simulated QQ around the bot: a web page to try it in, and scenarios played against it without a page.

The simulation runs in a process of its own and starts the bot as a child process. Only the command line
imports this package; the package imports neither NoneBot nor an adapter.
"""

"""The simulated QQ: people, groups, messages and files, and the OneBot V11 calls and events on them."""

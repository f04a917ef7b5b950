"""A bot for QQ groups over a library of speeches. docs/architecture.md says where everything is; only `chat`
imports NoneBot."""

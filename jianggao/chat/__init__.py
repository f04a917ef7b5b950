"""The chat framework: what every plugin builds on. Importing it registers nothing; `jianggao.chat.run` does."""

from jianggao.chat.commands.conversations import (
    Attachment,
    IncomingMessage,
    ReopenedConversation,
    conversations,
)
from jianggao.chat.commands.dispatch import register_matcher
from jianggao.chat.commands.registry import (
    ACCOUNT_NUMBER,
    CommandTable,
    Scope,
    parse_account,
    parse_number,
    parse_whole,
)
from jianggao.chat.commands.request import Reply, Request

__all__ = [
    "ACCOUNT_NUMBER",
    "Attachment",
    "CommandTable",
    "IncomingMessage",
    "ReopenedConversation",
    "Reply",
    "Request",
    "Scope",
    "conversations",
    "parse_account",
    "parse_number",
    "parse_whole",
    "register_matcher",
]

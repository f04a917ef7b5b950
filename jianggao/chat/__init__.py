"""The chat framework that every plugin builds on. Importing it registers nothing with NoneBot;
`jianggao.chat.run` does that."""

from jianggao.chat.commands.arguments import (
    as_typed,
    parse_account,
    parse_account_and_reason,
    parse_days,
    parse_duration_and_note,
    parse_entry,
    parse_grant,
    parse_number,
    parse_optional_account,
    parse_page,
    parse_two_accounts,
    parse_whole,
    require_one,
    without_word,
)
from jianggao.chat.commands.command_registry import Scope
from jianggao.chat.commands.command_table import CommandTable
from jianggao.chat.commands.conversations import ReopenedConversation
from jianggao.chat.commands.dispatch import refusal_text, register_matcher
from jianggao.chat.commands.ledger_acts import act_of
from jianggao.chat.commands.membership_free import accounts_without_need
from jianggao.chat.commands.reply import Reply
from jianggao.chat.commands.request import Request
from jianggao.chat.commands.told_changes import ToldChange, change_and_tell
from jianggao.chat.receiving.messages import Attachment, IncomingMessage
from jianggao.chat.services import ChatServices

__all__ = [
    "Attachment",
    "ChatServices",
    "CommandTable",
    "IncomingMessage",
    "ReopenedConversation",
    "Reply",
    "Request",
    "Scope",
    "ToldChange",
    "accounts_without_need",
    "act_of",
    "as_typed",
    "change_and_tell",
    "parse_account",
    "parse_account_and_reason",
    "parse_days",
    "parse_duration_and_note",
    "parse_entry",
    "parse_grant",
    "parse_number",
    "parse_optional_account",
    "parse_page",
    "parse_two_accounts",
    "parse_whole",
    "refusal_text",
    "register_matcher",
    "require_one",
    "without_word",
]

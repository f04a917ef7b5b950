"""Recognises redeem codes in messages before anything else is made of them: a text with a code is never
searched, stored or taken for evidence."""

from __future__ import annotations

import re

from jianggao.access.verdicts import PlaceKind
from jianggao.chat.commands.command_registry import Parsed, registry
from jianggao.redeem_codes.code_form import characters_of, find_codes
from jianggao.redeem_codes.mistyped_codes import find_mistyped, is_nothing_else
from jianggao.text.whole_numbers import ACCOUNT_DIGITS

REDEEM = "兑换"
TRIAL = "试用"
REVOKE = "作废卡密"
LIST = "卡密列表"
_SMALL = (
    "我|你好|要|想|买了|拿到|有|没有|的|了|请问|怎么|怎样|如何|在哪里?|哪里|可以|能|不|是|申请|领取?|使用|用|激活|一下"
    "|免费|吗|呢|吧|啊|么|个|张|[,，。.?？!！~～ ]"
)
_QUESTION = re.compile(rf"(?:{_SMALL})*(?:{TRIAL}|{REDEEM}码?|卡密)(?:{_SMALL}|{REDEEM}|卡密)*")
_LONGEST_QUESTION = 20
_ACCOUNT = re.compile(rf"(?<![0-9A-Za-z-]){ACCOUNT_DIGITS}(?![0-9A-Za-z-])")
_COLON = re.compile(rf"^(\s*/?(?:{REDEEM}|{REVOKE}|{LIST}|卡密))\s*[:：]")


def read_codes(text: str, *, superuser: bool, place: PlaceKind) -> Parsed | None:
    """Returns the command that a text with redeem codes is; None for a text without, and for a superuser's
    command about a code.

    That command is 兑换, in a group too, where its handler revokes the codes. Its argument is empty if the
    word wasn't typed; behind the codes stands the account that a superuser named beside them.
    """
    codes = find_codes(text)
    command = registry.words.get(REDEEM)
    if not codes or command is None:
        return None
    typed = registry.parse(without_colon(text), addressed=True, superuser=superuser)
    word = "" if typed is None else typed.command.name
    # In a group 卡密列表 would leave a code valid that everybody there has read.
    about_codes = {PlaceKind.PRIVATE: (REVOKE, LIST), PlaceKind.UNBOUND: ()}.get(place, (REVOKE,))
    if superuser and word in about_codes:
        return None
    is_other = word not in ("", REDEEM, registry.free_text, registry.bare_number, registry.empty)
    argument = " ".join(codes) if word == REDEEM else ""
    if (
        argument
        and superuser
        and typed is not None
        and (other := _ACCOUNT.search(typed.argument)) is not None
    ):
        argument += f" {other.group()}"
    return Parsed(command, argument, codes=codes, left_undone=word if is_other else "")


def without_colon(text: str) -> str:
    """Returns the text with a blank for the colon behind a word on codes, as in 作废卡密：3."""
    return _COLON.sub(r"\1 ", text, count=1)


def read_question(text: str) -> Parsed | None:
    """Returns the 试用 or 兑换 that an addressed text means which is made of nothing but these words and those
    of a question, as 怎么兑换 or 我要试用: it is no search. None for any other text."""
    asked = text.strip()
    if len(asked) > _LONGEST_QUESTION or asked == "卡密" or not _QUESTION.fullmatch(asked):
        return None
    command = registry.words.get(TRIAL if TRIAL in asked else REDEEM)
    return None if command is None or asked in registry.words else Parsed(command, "")


def read_mistyped_code(text: str, *, superuser: bool = False) -> Parsed | None:
    """Returns the 兑换 that an addressed text is which holds a code with a slip in it: it is no search either.
    None for any other text, and for what is another command. Superusers, whose commands are about codes, are
    only taken to mean one where there is nothing else in the text."""
    command = registry.words.get(REDEEM)
    typed = text.strip().removeprefix(REDEEM)
    if command is None:
        return None
    if not superuser and (meant := find_mistyped(text)) is not None:
        parsed = registry.parse(without_colon(text), addressed=True, superuser=False)
        if parsed is None or parsed.command.name in (REDEEM, registry.free_text):
            return Parsed(command, meant)
    return Parsed(command, characters_of(typed)) if is_nothing_else(typed) else None

"""Recognises redeem codes in messages before anything else is made of them: a text with a code is never
searched, stored or taken for evidence."""

from __future__ import annotations

import re

from jianggao.access.verdicts import PlaceKind
from jianggao.chat.commands.command_registry import Parsed, registry
from jianggao.redeem_codes.code_form import characters_of, find_codes, resembles_code
from jianggao.redeem_codes.mistyped_codes import find_mistyped

REDEEM = "兑换"
REVOKE = "作废卡密"
LIST = "卡密列表"
_COLON = re.compile(rf"^(\s*/?(?:{REDEEM}|{REVOKE}|{LIST}|卡密))\s*[:：]")


def read_codes(text: str, *, superuser: bool, place: PlaceKind) -> Parsed | None:
    """Returns the command that a text with redeem codes is; None for a text without, and for a superuser's
    command about a code.

    That command is 兑换, in a group too, where its handler revokes the codes. Its argument is empty if the
    word wasn't typed.
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
    return Parsed(command, argument, codes=codes, left_undone=word if is_other else "")


def without_colon(text: str) -> str:
    """Returns the text with a blank for the colon behind a word on codes, as in 作废卡密：3."""
    return _COLON.sub(r"\1 ", text, count=1)


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
    return Parsed(command, characters_of(typed)) if resembles_code(typed) else None

"""Words accounts with the names that are known of them.

A nickname or card is chosen by its owner and a note typed by an operator: both are shown in quotes, so that
none of them reads like a sentence of the bot. The account's number always stands first, since anybody can
take anybody's name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from jianggao.text.quoting import quoted

LONGEST_NAME = 40
"""Characters of a nickname or card that are stored."""
LONGEST_NOTE = 60
_LONGEST_SHOWN = 20
"""Characters of a name in a line of a list."""
_LEFT_OUT = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Categories of control characters, marks of the direction of writing, halves of characters and the like."""
_LOOKED_AT = 400
"""Characters of a name that are looked at: implementations hand on what they are sent."""


@dataclass(frozen=True, slots=True, repr=False)
class KnownPerson:
    """What is known of an account. Without `repr`, so that no name gets into a log."""

    account: str
    nickname: str = ""
    card: str = ""
    """The name in a group."""
    seen_on: date | None = None
    """The last day on which the names were seen."""
    note: str = ""
    """The operator's."""

    @property
    def name(self) -> str:
        """The name that lists show: the card, which says who somebody is, before the nickname."""
        return self.card or self.nickname


Names = Mapping[str, KnownPerson]
"""What is known, by account. Accounts of which nothing is known are left out."""
NO_NAMES: Names = MappingProxyType({})
"""For texts that others than operators read: the bare numbers."""


def clean_name(words: object) -> str:
    """Returns a nickname or card as it is stored: at most LONGEST_NAME characters of it. "" for what is no
    text."""
    return clean_words(words[:_LOOKED_AT])[:LONGEST_NAME].rstrip() if isinstance(words, str) else ""


def clean_words(words: str) -> str:
    """Returns somebody's words on one line, without what can't be seen."""
    kept = (char for char in words if char.isspace() or unicodedata.category(char) not in _LEFT_OUT)
    return " ".join("".join(kept).split())


def label(account: str, names: Names) -> str:
    """Returns the account with what is known of it: `10001`, `10001（“张三”）` or
    `10001（“张三”，备注“甲单位办公室”）`."""
    known = details(names.get(account))
    return f"{account}（{known}）" if known else account


def details(person: KnownPerson | None) -> str:
    """Returns what a label has in brackets; "" where nothing is known."""
    if person is None:
        return ""
    parts = [quoted(person.name, _LONGEST_SHOWN)] if person.name else []
    if person.note:
        parts.append(f"备注{quoted(person.note, LONGEST_NOTE)}")
    return "，".join(parts)

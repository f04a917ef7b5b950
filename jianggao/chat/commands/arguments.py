"""Parses what stands behind a command word: numbers of speeches and sections, accounts, pages, durations.

Where the words aren't in their form, these functions raise WrongForm with what is wrong; `dispatch` adds the
usage and the example of the command.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration, parse_duration
from jianggao.text.folding import nfkc
from jianggao.text.whole_numbers import ACCOUNT_DIGITS, whole_number

_LONGEST_NUMBER = 60
"""Characters; with all the blanks and words that people put into `第 12 篇 第 3 段`, no number is longer."""
_NUMBER = re.compile(
    r"第?\s*(\d{1,9})\s*(?:篇(?:\s*(?:第\s*)?(\d{1,9})\s*段?)?|[.\-—–·。:]\s*(?:第\s*)?(\d{1,9})\s*段?)?"
)
ACCOUNT_NUMBER = re.compile(ACCOUNT_DIGITS)
"""A QQ number as QQ writes it: other scripts' digits and noughts in front would make another account of the
person."""
_PAGE = re.compile(r"(?:第\s*)?([0-9]{1,9})\s*页?(?=\s|$)")
_ENTRY = re.compile(
    r"(?:操作)?(?:记录)?号?\s*(?:第|#)?\s*([0-9]{1,15})\s*[号条]?(?:操作)?(?:记录)?(?:\s+(.*))?", re.DOTALL
)
_LARGEST_WHOLE = 100_000
"""The largest page, and the largest number of days."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a speech (`section` is None), or of one of its sections."""

    speech: int
    section: int | None


def parse_number(text: str) -> Number | None:
    """Returns the number that `12`, `12.3`, `第12篇`, `12-3` and the like name; None for anything else."""
    match = match_number(nfkc(text).strip())
    if match is None:
        return None
    section = match[2] or match[3]
    return Number(int(match[1]), int(section) if section else None)


def match_number(typed: str) -> re.Match[str] | None:
    """Matches folded text that is nothing but the number of a speech or section."""
    return _NUMBER.fullmatch(typed) if len(typed) <= _LONGEST_NUMBER else None


def parse_account(argument: str, mentions: tuple[str, ...]) -> tuple[str, str]:
    """Returns the account that a command names, by @ or by number, and the rest of its argument.

    Raises WrongForm if there is no account, or more than one.
    """
    if len(mentions) > 1:
        raise WrongForm("一次只能办一个人。")
    if mentions:
        return mentions[0], argument.strip()
    head, _, rest = argument.strip().partition(" ")
    if not ACCOUNT_NUMBER.fullmatch(head):
        raise WrongForm("请 @ 一个人或写 QQ 号。")
    return head, rest.strip()


def parse_two_accounts(argument: str, mentions: tuple[str, ...], typed: str) -> tuple[str, str, str]:
    """Returns the two accounts that a command names, each by @ or by number, in the order in which they were
    typed, and the rest of its argument. `typed` is `IncomingMessage.typed`, which tells the order of an @ and
    a number.

    Raises WrongForm if there are more or fewer than two.
    """
    if len(mentions) > 2:
        raise WrongForm("只能写两个人：旧号在前，新号在后。")
    words = argument.split(maxsplit=2 - len(mentions))
    numbers = words[: 2 - len(mentions)]
    if len(numbers) < 2 - len(mentions) or not all(map(ACCOUNT_NUMBER.fullmatch, numbers)):
        raise WrongForm("请写两个 QQ 号（或 @ 人）：旧号在前，新号在后。")
    rest = words[len(numbers)] if len(words) > len(numbers) else ""
    if len(numbers) != 1:
        first, second = numbers or mentions
        return first, second, rest.strip()
    number, mention = numbers[0], mentions[0]
    # Behind the command word the number is the first thing that isn't an @.
    place = re.search(rf"(?<![@\d]){number}(?!\d)", nfkc(typed))
    at = nfkc(typed).find(f"@{mention} ")
    first_is_number = place is not None and place.start() < at
    return (number, mention, rest.strip()) if first_is_number else (mention, number, rest.strip())


def parse_optional_account(argument: str, mentions: tuple[str, ...]) -> tuple[str | None, str]:
    """Returns the account that a command names, None where it names none, and the rest of its argument. Of
    several that were mentioned the first counts."""
    if mentions or not argument.strip():
        return (mentions[0] if mentions else None), argument.strip()
    head, *rest = argument.split(maxsplit=1)
    return (head, "".join(rest)) if ACCOUNT_NUMBER.fullmatch(head) else (None, argument.strip())


def parse_whole(text: str, default: int) -> int:
    """Returns the page or the number of days behind a command, `default` where nothing stands there.

    Raises WrongForm if it is no positive whole number.
    """
    if not text.strip():
        return default
    number = whole_number(text.strip(), _LARGEST_WHOLE)
    if not number:
        raise WrongForm("请写一个正整数。")
    return number


def parse_page(text: str) -> int:
    """Returns the page that `2`, `第2页` and `2页` name, 1 where nothing stands there. What follows behind a
    blank is left out. Raises WrongForm if it is no positive whole number."""
    typed = nfkc(text).strip()
    match = _PAGE.match(typed)
    return parse_whole(match[1] if match else "".join(typed.split()[:1]), 1)


def parse_entry(text: str) -> tuple[int, str] | None:
    """Returns the number of a ledger entry that `5`, `第5号`, `#5`, `记录5` and the like name, and the note
    behind it; None for anything else."""
    match = _ENTRY.fullmatch(nfkc(text).strip())
    number = whole_number(match[1]) if match else None
    return None if match is None or number is None else (number, (match[2] or "").strip())


def parse_duration_and_note(text: str) -> tuple[Duration, str]:
    """Returns the duration and the note behind it. Raises WrongForm if there is no duration, or one that
    isn't understood."""
    word, _, note = text.partition(" ")
    if not word:
        raise WrongForm("还差时长（天、周、月、年）。")
    return parse_duration(word), note.strip()

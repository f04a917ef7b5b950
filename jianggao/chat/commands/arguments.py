"""Parses what stands behind a command word: numbers of speeches and sections, accounts, pages, durations.

Where the words aren't in their form, these functions raise WrongForm with what is wrong; `dispatch` adds the
usage and the example of the command.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from itertools import islice

from jianggao.errors import WrongForm
from jianggao.membership.durations import MAX_YEARS, Duration, add, parse_duration
from jianggao.membership.named_days import names_a_day
from jianggao.text.folding import nfkc
from jianggao.text.quoting import quoted
from jianggao.text.whole_numbers import ACCOUNT_DIGITS, whole_number

_LONGEST_NUMBER = 60
"""Characters; with all the blanks and words that people put into `第 12 篇 第 3 段`, no number is longer."""
_NUMBER = re.compile(
    r"第?\s*(\d{1,9})\s*(?:篇(?:\s*(?:第\s*)?(\d{1,9})\s*段?)?|[.\-—–·。:]\s*(?:第\s*)?(\d{1,9})\s*段?)?"
)
ACCOUNT_NUMBER = re.compile(ACCOUNT_DIGITS)
"""A QQ number as QQ writes it: other scripts' digits and noughts in front would make another account of the
person."""
_ACCOUNT = re.compile(
    rf"@?(?:QQ号?码?)?[\s:]*({ACCOUNT_DIGITS})[。.!]?(?=[\s,;:、。]|$)[\s,;:、。]*", re.IGNORECASE
)
"""An account as people write it, and what parts it from the rest: 12345678, QQ12345678, QQ号:12345678, @12345678."""
_ONE_OF_TWO = re.compile(
    rf"(?:新|旧|老)?号?@?(?:QQ号?码?)?[\s:]*({ACCOUNT_DIGITS})(?:[\s,;:、。]*(?:->|→|到|给|换到|转到)(?=[\s@Q新旧老0-9])|(?=[\s,;:、。]|$))[\s,;:、。]*",
    re.IGNORECASE,
)
_TYPED_ACCOUNT = re.compile(rf"@?(?:QQ号?码?)?:?({ACCOUNT_DIGITS})[。.!]?", re.IGNORECASE)
_PAGE = re.compile(r"(?:第\s*)?([0-9]{1,9})\s*页?(?=\s|$)")
_AND = r"[和与及跟同到至~/&+,;、\-—–]|以及|还有"
"""What joins two numbers."""
_ENTRY = re.compile(
    rf"(?:操作)?(?:记录)?号?\s*(?:第|#)?\s*([0-9]{{1,15}})\s*[号条]?(?:操作)?(?:记录)?"
    rf"(?:(?:\s+|(?={_AND}|[::。]))(.*))?",
    re.DOTALL,
)
_BREAK = r"[\s,;:、。]+"
"""What stands between an account, a duration and a note."""
_NUMBER_ENDS = rf"(?![0-9])(?=$|\s|{_AND})"
_FURTHER_ACCOUNT = re.compile(
    rf"(?:{_AND})?\s*@?(?:QQ号?码?\s*:?\s*)?({ACCOUNT_DIGITS}){_NUMBER_ENDS}", re.IGNORECASE
)
_FURTHER_ENTRY = re.compile(
    rf"(?:(?:{_AND})\s*(?:(?:第|#|记录)\s*)*|(?:第|#|记录)+\s*)([0-9]{{1,15}})(?![0-9年月日元块])"
    rf"|([0-9]{{1,15}})\s*(?:[号条]|(?:操作)?(?:记录)?{_NUMBER_ENDS})"
)
_ANOTHER_COMMAND = re.compile(
    r"/?(?:(?:开通|续期|停用|恢复|撤销|转移)(?:\s|@|[0-9]|QQ)|备注[\s:]*@?(?:QQ号?码?)?[\s:]*[0-9]{5})",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:^|[\s,;:、。])备注[\s:,]*(?!QQ|@|[0-9]{5})", re.IGNORECASE)
"""What says that all behind it is the note. Before an account it is the command."""
_CARDS = {"年卡": "1年", "包年": "1年", "半年卡": "半年", "季卡": "3个月", "月卡": "1个月", "包月": "1个月"}
"""What subscriptions are called where they are sold."""
_FOR_EVER = re.compile("永久|永远|终身|终生|长期|无限期|一辈子")
_BY_TABLE = "开通、续期只认时长，从今天或原到期日算起；要从某天起、到某天止，请发“导入会员”再发表格。"
_ECHO = 20
_LIKE_A_DATE = re.compile(r"[年月周天]\s+[^\s个]*\s*[月日]")
"""1年 3月: three months more, or a note on March."""
_MOST_PIECES = 8
"""Pieces of a duration that is typed with blanks in it."""
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
    found = _ACCOUNT.match(argument.strip())
    if found is None:
        raise WrongForm("请 @ 一个人或写 QQ 号。")
    return found[1], argument.strip()[found.end() :].strip()


def parse_account_and_reason(argument: str, mentions: tuple[str, ...]) -> tuple[str, str]:
    """Returns what `parse_account` does, for a command of which several in one message, or several accounts, would
    be taken for the note. Raises WrongForm for these, too."""
    account, reason = parse_account(argument, mentions)
    require_one(reason)
    return account, without_word(reason)


def parse_grant(argument: str, mentions: tuple[str, ...]) -> tuple[str, Duration, str]:
    """Returns account, duration and note; the duration may stand first. Raises WrongForm if there is no account, more
    than one, or no duration, and if a day or a further span stands behind it that isn't said to be the note."""
    swapped = None if mentions else _duration_first(argument.strip())
    if swapped is not None:
        account, duration, note = swapped
    else:
        account, rest = parse_account(argument, mentions)
        require_one(rest)
        duration, note = parse_duration_and_note(rest)
    require_one(note)
    return account, duration, _note_of(note)


def _hint(text: str) -> str:
    """Returns what else is said to whom wrote no duration: how days are given, and that nothing is for ever."""
    if _FOR_EVER.search(text):
        return f"没有永久的会员，最多写 {MAX_YEARS}年。"
    return _BY_TABLE if names_a_day(text) else ""


def without_word(note: str) -> str:
    """Returns a note without the word 备注 that says that it is one."""
    marked = _NOTE.match(note)
    return note if marked is None else note[marked.end() :].strip()


def _note_of(words: str) -> str:
    """Returns the note that the words behind a duration are. Raises WrongForm where they name a day or a span of
    time, unless they stand behind 备注."""
    marked = _NOTE.search(words)
    before = words if marked is None else words[: marked.start()]
    if names_a_day(before):
        raise WrongForm(
            f"{quoted(before, _ECHO)}像日期或另一段时长，没有办。{_BY_TABLE}只是备注就写“备注 ”再接内容。"
        )
    return words if before.strip() else without_word(words)


def _duration_first(argument: str) -> tuple[str, Duration, str] | None:
    """Returns account, duration and note of `1年 20001 张三`; None for any other order."""
    pieces = re.split(_BREAK, argument, maxsplit=_MOST_PIECES)
    for place in range(1, len(pieces)):
        account = _TYPED_ACCOUNT.fullmatch(pieces[place])
        if account is not None:
            duration = _duration("".join(pieces[:place])) or _sold("".join(pieces[:place]))
            note = "".join(re.split(_BREAK, argument, maxsplit=place + 1)[place + 1 :])
            return None if duration is None else (account[1], duration, note.strip())
    return None


def require_one(note: str) -> None:
    """Raises WrongForm if what would be a note looks like a further account, or has a further command in it."""
    for line in note.splitlines():
        if _ANOTHER_COMMAND.match(line.strip()):
            raise WrongForm("一条消息只办一个人，请一行一行分开发。")
        further = _FURTHER_ACCOUNT.match(line.strip())
        if further is not None:
            raise WrongForm(
                f"一次只能办一个人，“{further[1]}”像另一个 QQ 号。"
                f"请分开发；要当备注，前面加个字，例如“单号{further[1]}”。"
            )


def parse_two_accounts(argument: str, mentions: tuple[str, ...], typed: str) -> tuple[str, str, str]:
    """Returns the two accounts that a command names, each by @ or by number, in the order in which they were
    typed, and the rest of its argument. `typed` is `IncomingMessage.typed`, which tells the order of an @ and
    a number.

    Raises WrongForm if there are more or fewer than two.
    """
    if len(mentions) > 2:
        raise WrongForm("只能写两个人：旧号在前，新号在后。")
    rest, numbers = argument.strip(), list[str]()
    while len(numbers) < 2 - len(mentions):
        found = _ONE_OF_TWO.match(rest)
        if found is None:
            raise WrongForm("请写两个 QQ 号（或 @ 人）：旧号在前，新号在后。")
        numbers.append(found[1])
        rest = rest[found.end() :]
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
    found = _ACCOUNT.match(argument.strip())
    return (None, argument.strip()) if found is None else (found[1], argument.strip()[found.end() :].strip())


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


def parse_days(text: str, today: date, default: int) -> int:
    """Returns for how many days from `today` on something is asked: `30`, `30天内`, `一个月`, `本月`; `default` where
    nothing stands there. Raises WrongForm for anything else."""
    typed = "".join(nfkc(text).split()).removesuffix("内").removesuffix("以").removesuffix("之")
    if typed in ("本月", "这个月", "这月", "当月"):
        return monthrange(today.year, today.month)[1] - today.day
    if typed.removesuffix("天").isdecimal() or not typed:
        # What is larger is refused by what is asked, which says how many days it knows.
        days = typed.removesuffix("天")
        return parse_whole(days if len(days) < len(str(_LARGEST_WHOLE)) else str(_LARGEST_WHOLE), default)
    duration = _duration(typed)
    if duration is None:
        raise WrongForm("请写一个正整数，也可以写“一个月”或“本月”。")
    return (add(today, duration) - today).days


def parse_page(text: str) -> int:
    """Returns the page that `2`, `第2页` and `2页` name, 1 where nothing stands there. What follows behind a
    blank is left out. Raises WrongForm if it is no positive whole number."""
    typed = nfkc(text).strip()
    match = _PAGE.match(typed)
    return parse_whole(match[1] if match else "".join(typed.split()[:1]), 1)


def parse_entry(text: str) -> tuple[int, str] | None:
    """Returns the number of a ledger entry that `5`, `第5号`, `#5`, `记录5` and the like name, and the note
    behind it; None for anything else. Raises WrongForm where the note looks like a further entry."""
    match = _ENTRY.fullmatch(nfkc(text).strip())
    number = whole_number(match[1]) if match else None
    if match is None or number is None:
        return None
    note = (match[2] or "").strip()
    for line in note.splitlines():
        if _ANOTHER_COMMAND.match(line.strip()):
            raise WrongForm("一次只能撤销一条，请一行一行分开发。")
        further = _FURTHER_ENTRY.match(line.strip())
        if further is not None:
            also = further[1] or further[2]
            raise WrongForm(
                f"一次只能撤销一条，“{also}”像另一个记录号。请分开发；要当备注，前面加个字，例如“金额{also}”。"
            )
    return number, note.lstrip(",;:、。").strip()


def parse_duration_and_note(text: str) -> tuple[Duration, str]:
    """Returns the duration, which may have blanks in it (`1 年`), and the note behind it. Raises WrongForm if there is
    no duration, one that isn't understood, or a second one behind it."""
    text = text.strip()
    if not text:
        raise WrongForm("还差时长（天、周、月、年）。")
    ends = [*(found.start() for found in islice(re.finditer(_BREAK, text), _MOST_PIECES - 1)), len(text)]
    for end in reversed(ends):
        duration = _duration(text[:end]) or _sold(text[:end])
        if duration is None or _LIKE_A_DATE.search(" ".join(text[:end].split())):
            continue
        note = re.sub(rf"^{_BREAK}", "", text[end:])
        further = re.split(_BREAK, note, maxsplit=1)[0]
        if _duration(further) is not None or (_sold(further) or duration) != duration:
            raise WrongForm(
                f"写了两个时长。请连着写成一个，例如 1年6个月；是备注就写“备注 {note.split()[0]}”。"
            )
        return duration, note
    is_bare = text[: ends[0]].isdecimal() and len(ends) > 1
    try:
        return parse_duration(text[: ends[1 if is_bare else 0]]), ""
    except WrongForm as error:
        raise WrongForm(f"{error}{_hint(text)}") from None


def as_typed(note: str, typed: str) -> str:
    """Returns a note, which was parsed from folded text, with the operator's own punctuation: as it ends the message
    `typed`. The folded note where that doesn't end with it."""
    begin, length = len(typed.rstrip()), 0
    end = begin
    while begin and length < len(note):
        begin -= 1
        length += len(nfkc(typed[begin]))
    own = typed[begin:end]
    return own if nfkc(own) == note else note


def _sold(text: str) -> Duration | None:
    """Returns the duration of what is sold by a name: 年卡, 包年, 1年会员. None for anything else."""
    compact = "".join(text.split())
    if compact.removesuffix("会员") in _CARDS:
        return parse_duration(_CARDS[compact.removesuffix("会员")])
    for suffix in ("会员卡", "的会员", "会员", "卡"):
        if compact.endswith(suffix):
            return _duration(compact.removesuffix(suffix))
    return None


def _duration(text: str) -> Duration | None:
    try:
        return parse_duration(text) if text else None
    except WrongForm:
        return None

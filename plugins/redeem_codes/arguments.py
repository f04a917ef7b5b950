"""Reads what stands behind 卡密, 卡密列表, 作废卡密 and 兑换."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from jianggao.errors import WrongForm
from jianggao.membership.durations import parse_duration
from jianggao.redeem_codes.code_form import LENGTH, characters_of
from jianggao.redeem_codes.code_store import CodeTerms
from jianggao.text.whole_numbers import whole_number

_TRIAL = "试用"
_DAY = re.compile(
    r"(?:截至|截止|到)?(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:以前|之前|前|为止|止|截止|到期)?"
)
_BATCH = re.compile(r"第?(\d{1,9})批?")
_PAGE = re.compile(r"第?(\d{1,5})页")
_LONGEST_COUNT = 100
"""Characters; whoever types more has typed no code."""


@dataclass(frozen=True, slots=True)
class ListWanted:
    """What 卡密列表 is to show: all batches, or one, and which page."""

    batch: int | None
    page: int


def parse_order(argument: str) -> tuple[int, CodeTerms]:
    """Returns how many codes 卡密 is to make, and their terms. The last day may stand anywhere behind the
    duration. Raises WrongForm."""
    words = argument.split()
    count = whole_number(words[0].removesuffix("张")) if words else None
    if count is None:
        raise WrongForm("还差张数。")
    words = words[1:]
    is_trial = bool(words) and words[0].startswith(_TRIAL)
    if is_trial:
        words = [word for word in (words[0].removeprefix(_TRIAL), *words[1:]) if word]
    if not words:
        raise WrongForm("还差时长（天、周、月、年）。")
    duration = parse_duration(words[0])
    last_day, note = None, []
    for word in words[1:]:
        match = _DAY.fullmatch(word)
        if match is None or last_day is not None:
            note.append(word)
        else:
            last_day = parse_day(word)
    return count, CodeTerms(duration, is_trial, " ".join(note), last_day)


def parse_day(text: str) -> date:
    """Returns the day that 2027-06-30, 2027年6月30日 or 2027-06-30前 names. Raises WrongForm."""
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*(int(part) for part in match.groups())) if match else _no_day()
    except ValueError:
        return _no_day()


def parse_batch(text: str) -> int | None:
    """Returns the number of the batch that 3, 第3批 or 3批 names; None for anything else."""
    match = _BATCH.fullmatch(text.strip())
    return int(match[1]) if match else None


def parse_list(argument: str) -> ListWanted:
    """Returns what 卡密列表 is to show: a number is a batch, 2页 or 第2页 a page. Raises WrongForm."""
    batch, page = None, 1
    for word in argument.split():
        match = _PAGE.fullmatch(word)
        if match is not None:
            page = int(match[1])
        elif batch is None and (number := parse_batch(word)) is not None:
            batch = number
        else:
            raise WrongForm("请写批次（3）、页（第2页）或一个卡密。")
    return ListWanted(batch, page)


def parse_code(argument: str) -> str:
    """Returns the 20 letters and digits behind 兑换, which may be no code. Raises WrongForm for any other
    number of them."""
    typed = characters_of(argument)
    characters = "".join(char for char in typed if char.isascii() and char.isalnum())
    if not characters:
        raise WrongForm("还没写卡密。")
    if len(characters) != LENGTH:
        count = f"有 {len(characters)} 位" if len(characters) <= _LONGEST_COUNT else "太长了"
        raise WrongForm(f"卡密是 {LENGTH} 位字母和数字，这里{count}，请核对。")
    return characters


def _no_day() -> date:
    raise WrongForm("没看懂最后兑换日，请写成 2027-06-30前。")

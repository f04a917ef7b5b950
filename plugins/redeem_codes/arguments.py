"""Reads what stands behind 卡密, 卡密列表, 作废卡密 and 兑换."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jianggao.errors import WrongForm
from jianggao.membership.durations import Duration, parse_duration
from jianggao.redeem_codes.code_form import LENGTH, characters_of, is_code
from jianggao.redeem_codes.code_store import CodeTerms
from jianggao.redeem_codes.last_days import read_last_day
from jianggao.text.numerals import exact_number_of
from jianggao.text.whole_numbers import whole_number

_TRIAL = "试用"
_COLONS = " :："
_NARROW = str.maketrans("０１２３４５６７８９－／", "0123456789-/")
_GLUED = re.compile(r"^(\d+|[一二三四五六七八九十百两]+)\s*张\s*(?=\S)")
_HEAD = 3
"""Words that may be number, 试用 and duration."""
_TIMES = re.compile(r"^(\d+|[一二三四五六七八九十百两]+)\s*[xX×*✕]\s*(?=\S)")
_SPAN_UNIT = r"(?:个\s*)?(?:年半?|月|周|天|日|星期|礼拜)卡?"
_GAP_IN_FIRST_SPAN = re.compile(rf"^([\d一二三四五六七八九十两半]+)\s+({_SPAN_UNIT}(?=[\s,，、]))")
_GAP_IN_SPAN = re.compile(
    rf"^(\S+?[\s,，、;；]+(?:试用)?\s?[\d一二三四五六七八九十两半]+)\s+({_SPAN_UNIT}(?=[\s,，、;；]|$))"
)
_PARTS = " \t\r\n,，、;；"
_HEAD_END = re.compile(f"[{_PARTS}]+")
_CARD = re.compile(r"^(试用|.*[年月周天日期拜])卡$")
_NUMERAL = re.compile("[一二三四五六七八九十百两]{1,5}")
_PARTED = re.compile(r"[\s,，、;；和]+")
_BATCH_NUMBER = r"(\d{1,9}|[一二三四五六七八九十百两]{1,5})"
_BATCH = re.compile(f"第?{_BATCH_NUMBER}批?")
_BATCHES = re.compile(f"第?{_BATCH_NUMBER}批?(?:[-~～—–到至]+第?{_BATCH_NUMBER}批?)?")
_GAP_IN_BATCH = re.compile(r"(?<=第)\s+|\s+(?=批)|\s*(?=[-~～—–到至])|(?<=[-~～—–到至])\s*")
_MOST_BATCHES = 100
"""Batches that one word names."""
_PAGE = re.compile(r"第?(\d{1,5})页")
_NEARLY = 3
_SHOWN = 4
"""Characters of what may be a code that are repeated."""
_MOST_NAMED = 3
_LONGEST_COUNT = 100
"""Characters; whoever types more has typed no code."""


@dataclass(frozen=True, slots=True)
class ListWanted:
    """What 卡密列表 is to show: all batches, or one, and which page."""

    batch: int | None
    page: int


def parse_order(argument: str, today: date) -> tuple[int, CodeTerms]:
    """Returns how many codes 卡密 is to make, and their terms. Number and duration may stand in either order,
    the last day anywhere behind them. Raises WrongForm, also for what may be meant as a last day and isn't
    understood."""
    words = _words(argument)
    first = _take_count(words)
    is_trial, duration = _take_duration(words) if first is not None or _is_duration(words) else (False, None)
    count = first if first is not None else _take_count(words)
    if count is None:
        raise WrongForm("还差张数。")
    if duration is None:
        raise WrongForm("还差时长（天、周、月、年）。")
    last_day, note = read_last_day(" ".join(words), today)
    return count, CodeTerms(duration, is_trial, note, last_day)


def _words(argument: str) -> list[str]:
    """Returns the words of an order, number and duration apart from each other and from what follows: 20，1年,
    20x1年, 20张1年卡, 20 1 年, 试用 20 3天."""
    text = _TIMES.sub(r"\1 ", _GLUED.sub(r"\1张 ", argument.lstrip(_COLONS).translate(_NARROW)))
    for pattern in (_GAP_IN_FIRST_SPAN, _GAP_IN_SPAN):
        text = pattern.sub(lambda match: match[1] + "".join(match[2].split()), text)
    words: list[str] = []
    # What stands behind number and duration is parted as it was written.
    while text and len(words) < _HEAD and not (len(words) > 1 and any(_is_duration([one]) for one in words)):
        word, text = [*_HEAD_END.split(text, maxsplit=1), ""][:2]
        words.append(_CARD.sub(r"\1", word))
        text = text.lstrip(_PARTS)
    words += text.split()
    if len(words) >= _HEAD and words[0] in (_TRIAL, f"{_TRIAL}卡") and _take_count(words[1:]) is not None:
        words[:2] = [words[1], _TRIAL]
    return words


def _take_count(words: list[str]) -> int | None:
    """Takes the number of codes off the words: 20, 20张, 二十. None if they begin with none."""
    numeral = words[0].removesuffix("张") if words else ""
    count = whole_number(numeral)
    if count is None and _NUMERAL.fullmatch(numeral):
        count = exact_number_of(numeral)
    if count is not None:
        del words[0]
    return count


def _take_duration(words: list[str]) -> tuple[bool, Duration | None]:
    """Takes whether it is a trial, and the duration, off the words: 1年, 试用3天, 试用 3天, 3天试用, 3天 试用.
    Raises WrongForm for a word that is no duration."""
    is_trial = bool(words) and words[0].startswith(_TRIAL)
    if is_trial:
        words[:1] = [rest] if (rest := words[0].removeprefix(_TRIAL)) else []
    if not words:
        return is_trial, None
    word = words.pop(0)
    if word.endswith(_TRIAL):
        is_trial, word = True, word.removesuffix(_TRIAL)
    elif words and words[0] == _TRIAL:
        is_trial = True
        del words[0]
    return is_trial, parse_duration(word)


def _is_duration(words: list[str]) -> bool:
    try:
        return _take_duration(list(words))[1] is not None
    except WrongForm:
        return False


def parse_batch(text: str) -> int | None:
    """Returns the number of the batch that 3, 第3批, 第 三 批 or 3批 names; None for anything else."""
    match = _BATCH.fullmatch("".join(text.split()))
    return _batch_number(match[1]) if match else None


def parse_batches(text: str) -> list[int]:
    """Returns the numbers of the batches that 3, `1 2`, 1-3 or 第1批、第2批 name, each once. Raises
    WrongForm."""
    whole = _GAP_IN_BATCH.sub("", text.strip().lstrip(_COLONS).translate(_NARROW))
    words = [word for word in _PARTED.split(whole) if word]
    if not words:
        raise WrongForm("还差批次或卡密。")
    numbers: list[int] = []
    for word in words:
        match = _BATCHES.fullmatch(word)
        first = _batch_number(match[1]) if match else None
        last = _batch_number(match[2]) if match and match[2] else first
        if first is None or last is None or not first <= last < first + _MOST_BATCHES:
            raise WrongForm("请写批次（3，几批写 1 2 或 1-3），或一个完整的卡密。")
        numbers += range(first, last + 1)
    return list(dict.fromkeys(numbers))


def _batch_number(numeral: str) -> int | None:
    return int(numeral) if numeral.isdecimal() else exact_number_of(numeral)


def require_nothing_beside(argument: str, codes: Sequence[str]) -> None:
    """Raises WrongForm if what stands behind 作废卡密 or 卡密列表 is more than these codes and words: a batch, or
    a code with a slip in it."""
    rest = characters_of(argument)
    for code in codes:
        rest = rest.replace(code, " ")
    if not re.search(r"[0-9A-Za-z批]", rest):
        return
    whole = _GAP_IN_BATCH.sub("", argument.lstrip(_COLONS))
    words = [word for word in _PARTED.split(whole) if _is_beside(word, codes)]
    if any(_BATCHES.fullmatch(word) for word in words):
        raise WrongForm("批次和卡密请分两条发，这条没有办。")
    # Only the end is named: a code with a slip in it is nearly a code.
    ends = "、".join(f"“…{characters_of(word)[-_SHOWN:]}”" for word in words[:_MOST_NAMED])
    which = f"没认出的是 {ends}，" if ends else ""
    raise WrongForm(
        f"认出 {len(codes)} 个卡密，还有没认出的内容，这条没有办。{which}请核对；卡密旁边不要写别的。"
    )


def _is_beside(word: str, codes: Sequence[str]) -> bool:
    """Returns whether a word has letters, digits or 批 that are in none of the codes."""
    characters = characters_of(word)
    for code in codes:
        characters = characters.replace(code, "")
    is_group = len(characters) >= _SHOWN and any(characters in code for code in codes)
    return bool(re.search(r"[0-9A-Za-z批]", characters)) and not is_group


def parse_list(argument: str) -> ListWanted:
    """Returns what 卡密列表 is to show: a number is a batch, 2页 or 第2页 a page. Raises WrongForm."""
    batch, page = None, 1
    for word in _PARTED.split(_GAP_IN_BATCH.sub("", argument.strip(_COLONS).translate(_NARROW))):
        if not word:
            continue
        match = _PAGE.fullmatch(word)
        if match is not None:
            page = int(match[1])
        elif (number := parse_batch(word)) is not None:
            if batch is not None:
                raise WrongForm("一次看一批，请只写一个批次。")
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
        raise WrongForm("还没写卡密。请把它的 20 位字母和数字粘贴过来；引用的消息和图片里的读不到。")
    off = len(characters) - LENGTH
    if off:
        how = f"有 {len(characters)} 位" if len(characters) <= _LONGEST_COUNT else "太长了"
        how += f"，{'多' if off > 0 else '少'} {abs(off)} 位" if abs(off) <= _NEARLY else ""
        raise WrongForm(f"卡密是 {LENGTH} 位字母和数字，这里{how}，请核对。")
    if is_code(characters) and not characters.isdigit():
        raise WrongForm("没认出卡密，请只发卡密本身，中间不要夹别的字。")
    return characters

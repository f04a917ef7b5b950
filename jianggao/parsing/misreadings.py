"""Finds cheap, strong signs that title, date or body of a text were read wrongly, for the operator to look at.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from jianggao.parsing.dates import written_dates
from jianggao.parsing.quotations import is_signed_inside_quotation
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speaker_labels import speaker_lines
from jianggao.parsing.speech_lines import is_sentence
from jianggao.parsing.title_lines import names_a_speech, names_a_speech_first

_FIRST_LINES = 12
"""Lines of the body in which a part of the head can be left."""
_LINES_WITH_DATE = 6
_LONGEST_WITH_DATE = 40
_PROSE = 20
_FEWEST_TURNS = 2
_SHOWN = 30
_NO_SPEECH = re.compile(
    r".{0,40}(?:通知|公文|文件|函|简报|通报|公报|汇编|选编|文集|讲话集|备忘录|目录)(?:[（(].{1,20}[）)])?"
)
_OF_A_HOST = re.compile(r"主持|串[词詞]|议程|流程|台本|脚本")
"""What a host says before the meeting (请把手机调到静音) stands above the salutation."""
_CALLS_MANY = re.compile(r"们|各位|诸位|全体|大家|尊敬|敬爱|亲爱|[，,、]")
_IMPRINT = re.compile(r"ISBN\s{0,3}[:：]?\s{0,3}(?:97[89][\s-]?)?[\d-]{9,}|图书在版编目|(?:书号|CIP)核字")
_IMPRINT_LABEL = re.compile(
    r"(?:出版发行|封面设计|责任校对|开\s{0,3}本|印\s{0,3}张|字\s{0,3}数|版\s{0,3}次|印\s{0,3}次|定\s{0,3}价)\s?[：: ]"
)
_FEWEST_LABELS = 3
_LONGEST_ROW = 80
UNREAD_DATE = "没有读出日期，开头却有"
"""How the problem of a date that wasn't read begins."""


def signs_of_misreading(
    title: str, front: Sequence[str], body: Sequence[str], has_salutation: bool, has_date: bool
) -> Iterator[str]:
    """Yields what looks misread, each a Chinese sentence that says what to do.

    `front` are the lines above the body, `body` the paragraphs up to the first heading.
    """
    first = body[:_FIRST_LINES]
    called = "" if has_salutation or _OF_A_HOST.search(title) else _late_salutation(first)
    if called:
        yield f"正文里还有称谓“{called[:_SHOWN]}”，它上面的可能不是讲话。请看看，不是的就从源文件里删去"
    # Behind the salutation it would be another speech, which `volume_layout` tells.
    inside = () if has_salutation else first
    named = next((line for line in inside if names_a_speech_first(line) and line != title), "")
    if named:
        yield f"“{named[:_SHOWN]}”像是标题，却留在正文里。是标题就移到源文件第一行"
    elif _NO_SPEECH.fullmatch(title) and not names_a_speech(title):
        below = next((line for line in front if names_a_speech_first(line)), "")
        if below:
            yield f"标题“{title[:_SHOWN]}”不像讲话的题目，下面有“{below[:_SHOWN]}”。请把讲话的题目移到第一行"
    # Behind the salutation a date is that of something quoted.
    if not has_date and (dated := _line_with_date(front, () if has_salutation else body)):
        yield f"{UNREAD_DATE}“{dated[:_SHOWN]}”。是讲话的日期就单独占一行，放在标题下面"


def imprint_told(lines: Iterable[str]) -> Iterator[str]:
    """Yields that a text has a book's imprint in it: ISBN 978-…, or three of its labels (印张：, 版次：)."""
    labels = 0
    for line in lines:
        if len(line) > _LONGEST_ROW:
            continue
        labels += bool(_IMPRINT_LABEL.match(line))
        if _IMPRINT.search(line) or labels == _FEWEST_LABELS:
            yield f"正文里有书的版权页（“{line[:_SHOWN]}”）。请从源文件里删去"
            return


def _late_salutation(lines: Sequence[str]) -> str:
    """Returns a salutation of the whole hall, "" if there is none.

    A letter that is read out (他写道：/ 亲爱的校长：) and minutes have others, and 方大川同志： says who speaks.
    """
    if len(speaker_lines([line for line in lines if not is_salutation(line)])) >= _FEWEST_TURNS:
        return ""
    for at, line in enumerate(lines):
        if not is_salutation(line) or not _CALLS_MANY.search(line) or line.endswith(("！", "!")):
            continue
        announced = at > 0 and lines[at - 1].endswith(("：", ":", "“"))
        return "" if announced or is_signed_inside_quotation(lines, at) else line
    return ""


def _line_with_date(front: Sequence[str], body: Sequence[str]) -> str:
    """Returns a short line above the first paragraph of prose with a whole date in it, "" if there is none."""
    prose = next((at for at, line in enumerate(body) if len(line) >= _PROSE and is_sentence(line)), len(body))
    return next(
        (
            line
            for line in [*front, *body[: min(prose, _LINES_WITH_DATE)]]
            if len(line) <= _LONGEST_WITH_DATE and not is_sentence(line) and written_dates(line)
        ),
        "",
    )

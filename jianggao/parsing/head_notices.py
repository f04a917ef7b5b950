"""Finds the notices, mastheads and page furniture around the title of a speech.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from jianggao.parsing.dates import is_bare_date, is_labelled_date
from jianggao.parsing.doubtful_titles import OF_A_SPEECH, may_be_account
from jianggao.parsing.editors_notes import is_about_the_text
from jianggao.parsing.head_furniture import is_head_furniture, is_saved_at, names_nobody
from jianggao.parsing.known_notices import KnownNotices
from jianggao.parsing.labelled_lines import read_label
from jianggao.parsing.mastheads import numbers_of_year
from jianggao.parsing.notices import is_notice
from jianggao.parsing.occasion_lines import is_surely_occasion
from jianggao.parsing.page_layout import (
    is_bulletin_name,
    is_bulletins_office,
    is_issue_number,
    is_masthead,
)
from jianggao.parsing.site_names import is_site_name
from jianggao.parsing.speaker import is_byline, is_name
from jianggao.parsing.speech_lines import is_sentence
from jianggao.parsing.text_end import KNOWN, NOTICE, WEB
from jianggao.parsing.title_lines import (
    is_title_of_speech,
    names_a_speech,
    names_a_speech_first,
)
from jianggao.parsing.vendor_words import may_be_vendors_name
from jianggao.parsing.web_furniture import (
    Furniture,
    furniture,
    is_put_up_at,
    is_put_up_with_button,
    is_web_line,
)
from jianggao.sources.page_titles import page_name_around
from jianggao.text.simplified import simplified

MASTHEAD, REPEATED_TITLE = "报头", "重复的标题"
"""Why lines are removed from the head, as operators read it."""
_BYLINE = re.compile(
    r"来源|出处|时间|日期|\d{4}|字[体号]|(?:浏览|阅读|点击)(?:次?数|量|\s*[:：\d])|编辑|审核|校对|作者"
)
"""What stands below a title as often as above it: a line above such a one may be the title."""
_HAN = re.compile(r"[一-鿿]")
_SOURCE_ACCOUNT = re.compile(r"以下(?:文章|内容)来源于([^，,\s]{2,20})")
_BELONGS_TO_TITLE = re.compile(r"[—―─\-－–（(【\[〔]|\S{1,6}[：:]")
"""——在渠边, （2025年3月18日）, 主讲：方川"""
_BESIDE_DATE = re.compile(r"来源|稿源|浏览|点击|阅读|字[体号]|编辑")
_BY_PERSON = re.compile(r"文字?|撰文|作者|演讲|主讲|讲述|口述|整理|记录|采写|采访|摄影|翻译")
_SHORTEST_PROSE = 30
_MOST_ASIDES = 4
_PAGE_NAME_WITHIN = 12


@dataclass(frozen=True, slots=True)
class TitleReader:
    """What is known of titles, for the lines around them."""

    best: Callable[[Sequence[str], Sequence[int]], int | None]
    """Returns the line most like a title among those with these indexes."""
    first_line: Callable[[Sequence[str], int, int], int]
    """Returns where a title begins that takes several lines up to the second argument; the third is a line
    above all of it."""
    is_occasion: Callable[[str], bool]
    """Returns whether a line under the title says when, where or who."""


def is_frame(line: str) -> bool:
    """Returns whether the line is a notice or furniture, so that no body begins with it."""
    return is_notice(line) or (is_web_line(line) and not _is_only_date(line))


def head_notices(
    lines: Sequence[str], known: KnownNotices, titles: TitleReader, names: Collection[str] = ()
) -> dict[int, str]:
    """Returns which lines of the head are notices, furniture or mastheads, each with the reason (Chinese).

    `names` are those that the page's furniture gives to the page or the account.

    A vendor's name has no features of its own: a nameless line above the title goes where a notice stands
    above the title, too (内部资料 请勿外传 / 听雨文稿 / 在年中工作会上的讲话).
    """
    found = _lines_like_notices(lines, known)
    furniture_beside = {
        at: NOTICE for at, line in enumerate(lines) if at not in found and is_head_furniture(line)
    }
    furniture_beside |= _page_names(lines)
    choices = [at for at in range(len(lines)) if at not in found | furniture_beside]
    # An account's name above ——在年中会上的讲话 is no title.
    title = titles.best(lines, [at for at in choices if lines[at] not in names] or choices)
    if title is not None:
        found |= _nameless_above(lines, title, found, titles)
        found |= _frame_above(lines, title, found)
        found |= {
            at: WEB
            for at, line in enumerate(lines)
            if at != title and line in names and not titles.is_occasion(line)
        }
        found |= _account_below(lines, title, found)
        found |= _asides_below(lines, title, found, titles)
        # 听雨在线 > 领导讲话 beside a speaker alone may stand for the title.
        if not titles.is_occasion(lines[title]):
            found |= {at: reason for at, reason in furniture_beside.items() if at not in found}
    return {at: reason for at, reason in found.items() if not known.keeps(lines[at])}


def _page_names(lines: Sequence[str]) -> dict[int, str]:
    """Returns the lines that are the title with the names of column and site behind it, where the title stands
    below: 守渠人_渠水县人民政府 / 守渠人."""
    looked_at = lines[:_PAGE_NAME_WITHIN]
    return {
        at: REPEATED_TITLE for at, line in enumerate(looked_at) if page_name_around(line, looked_at[at + 1 :])
    }


def _nameless_above(
    lines: Sequence[str], title: int, found: Mapping[int, str], titles: TitleReader
) -> dict[int, str]:
    """Returns the lines above the title that go with the notices or the furniture there, or as mastheads."""
    above = {at: reason for at, reason in found.items() if at < title}
    notices = [at for at, reason in above.items() if reason != WEB]
    frame = [at for at, reason in above.items() if reason == WEB and not _BYLINE.search(lines[at])]
    if not notices and not frame:
        return {at: MASTHEAD for at in range(title) if is_masthead(lines[at]) and at not in found}
    first = titles.first_line(lines, title, max([*notices, *frame]))
    nameless = list(range(first if notices else min(first, max(frame))))
    # GUANZHU WOMEN below 关注我们
    below = max(above) + 1
    nameless += [at for at in range(below, min(title, below + 1)) if not _HAN.search(lines[at])]
    reason = NOTICE if notices else WEB
    return {at: reason for at in nameless if at not in found and _may_be_vendors(lines[at])}


def _frame_above(lines: Sequence[str], title: int, found: Mapping[int, str]) -> dict[int, str]:
    """Returns the lines above a title that a site, an account or a bulletin has above every text.

    新闻中心; an account's name with the minute below it; 松坪县水利工作通报 / 第14期 / 县水利局办公室编.
    """
    frame: dict[int, str] = {}
    numbered = [at for at in range(title) if is_issue_number(lines[at])]
    numbered += numbers_of_year(lines[:title])
    is_speech = names_a_speech(lines[title])
    for at in range(title):
        line, below = lines[at], lines[at + 1]
        if at in found:
            continue
        if is_site_name(line):
            frame[at] = WEB
        elif (numbered and (is_bulletin_name(line) or is_bulletins_office(line))) or (
            is_bulletins_office(line) and is_speech
        ):
            frame[at] = MASTHEAD
        elif at - 1 in frame and is_bulletin_name(lines[at - 1]) and at in numbered:
            frame[at] = MASTHEAD  # （第14期）, 〔2025〕14号
        elif is_speech and at + 1 < title and is_put_up_at(below) and may_be_account(line):
            frame |= {at: WEB, at + 1: WEB}
    return frame


def _may_be_vendors(line: str) -> bool:
    """Returns whether a nameless line above a title may be a vendor's: 2025年3月18日 and 方大川 are none."""
    return not _is_prose(line) and not is_surely_occasion(line)


def _account_below(lines: Sequence[str], title: int, found: Mapping[int, str]) -> dict[int, str]:
    """Returns the lines below the title that show an account: its name above the minute at which it put the
    text up, and behind 以下文章来源于… its name with a full stop and what it says of itself."""
    asides: dict[int, str] = {}
    for at in range(title + 1, len(lines)):
        if at not in found:
            continue
        if at - 1 > title and is_put_up_at(lines[at]) and may_be_vendors_name(lines[at - 1]):
            asides[at - 1] = WEB
        source = _SOURCE_ACCOUNT.match(lines[at])
        if source and at + 1 < len(lines) and lines[at + 1].rstrip(". ．") == source[1]:
            asides[at + 1] = WEB
            if at + 2 < len(lines) and _is_aside(lines[at + 2]):
                asides[at + 2] = WEB
    return asides


def _why_by_itself(line: str, known: KnownNotices) -> str:
    """Returns why a line of the head goes, whatever stands beside it (Chinese), "" if it doesn't."""
    if known.removes(line):
        return KNOWN
    if is_saved_at(line) or names_nobody(line) or is_put_up_with_button(line):
        return WEB
    if _is_only_date(line) or is_title_of_speech(line) or _names_a_person(line):
        return ""
    if is_notice(line) and not is_about_the_text(line) and not names_a_speech_first(line):
        return NOTICE
    return WEB if is_web_line(line) else ""


def _lines_like_notices(lines: Sequence[str], known: KnownNotices) -> dict[int, str]:
    """Returns the lines that look like notices or furniture, each with the reason, but never a title."""
    found = {at: reason for at, line in enumerate(lines) if (reason := _why_by_itself(line, known))}
    # 云南 or 分享 is furniture beside other furniture, or beside another such word.
    buttons = {at for at, line in enumerate(lines) if furniture(line) is Furniture.BUTTON}
    found |= {at: WEB for at in buttons if at - 1 in buttons or at + 1 in buttons}
    for order in (range(1, len(lines)), range(len(lines) - 2, -1, -1)):
        step = order.step
        for at in order:
            if at - step in found and at not in found and at in buttons:
                found[at] = WEB
    return found


def _asides_below(
    lines: Sequence[str], title: int, found: Mapping[int, str], titles: TitleReader
) -> dict[int, str]:
    """Returns the nameless lines between two lines of furniture below the title: 原创 / 方川 / 渠水之声 /
    2025-03-18 08:00.

    Behind 原创 a name is the author's account; elsewhere it is the speaker's, and stays.
    """
    asides: dict[int, str] = {}
    above: int | None = None
    for at in range(title + 1, len(lines)):
        # （2025年3月18日） is the day of the speech, 2025-03-18 can be the page's.
        is_pages_date = is_bare_date(lines[at]) and not lines[at].startswith(("（", "("))
        ends_frame = found.get(at) == WEB or (is_pages_date and above is not None)
        original = lines[at].startswith("原创")
        if ends_frame and above is not None and at - above <= _MOST_ASIDES + 1:
            by_author = lines[above].startswith("原创")
            asides |= {
                between: WEB
                for between in range(above + 1, at)
                if _is_aside(lines[between]) and (by_author or not titles.is_occasion(lines[between]))
            }
            if by_author:
                asides[above] = WEB
        if original or found.get(at) == WEB:
            above = at
    return asides


def _is_aside(line: str) -> bool:
    """Returns whether a line between furniture can belong to it: no sentence, and nothing of a title."""
    return not (
        _is_prose(line)
        or line.endswith(("。", "！", "？", "：", ":"))
        or _BELONGS_TO_TITLE.match(line)
        or is_bare_date(line)
        or OF_A_SPEECH.search(simplified(line))
    )


def _names_a_person(line: str) -> bool:
    """Returns whether the line says who spoke or wrote the speech down: 文/罗小满, 整理：周文. Vendors and editors
    of pages write such lines too, but with a vendor's name (整理：听雨文稿) or another work (编辑：周文)."""
    if not _BY_PERSON.match(line):
        return False
    label = read_label(line)
    return is_byline(line) or (label is not None and is_name(line[label.length :].strip(), beside=True))


def _is_only_date(line: str) -> bool:
    """Returns whether the line is a date behind a label; what also names a source is furniture."""
    return is_labelled_date(line) and not _BESIDE_DATE.search(line)


def _is_prose(line: str) -> bool:
    return len(line) > _SHORTEST_PROSE and is_sentence(line)

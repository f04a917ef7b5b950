"""Finds what stands behind a text on a page and reads like a text itself: the headlines of other texts, and credits
that count only beside others.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.notices import LineKind, line_kind
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speech_lines import is_customary_closing
from jianggao.parsing.web_furniture import Furniture, furniture

_TAIL = 60
"""Lines at the end of a text in which a list of other texts may begin."""
_MOST_HEADLINES = 12
_LONGEST_HEADLINE = 45
_FEWEST_ALONE = 2
"""Headlines that a label needs below it where nothing else of a page stands there."""
_NO_SPEECHS_LABEL = re.compile(
    r"往期|热[门点]|猜你|喜欢此内容|大家[都还]在|点击排行|您可能|还看[了过]|(?:推荐|相关|近期)阅读|相关(?:文章|推荐|新闻|链接|稿件|报道|范文)"
    r"|更多(?:精彩|推荐|文章|阅读)|精彩(?:推荐|阅读|回顾)"
)
"""延伸阅读 can be a part of a lecture."""
_SPOKEN = re.compile(
    r"(?:[谢感鸣]谢|多谢|[预恭敬]?祝|再见|干杯|散会|最后|完毕|此致|敬礼|同志们|各位|乡亲们|朋友们|同学们|老师们|战友们)"
)
"""What a speaker's last lines begin with."""
_CREDIT_BESIDE = re.compile(
    r"(?:文字?|图片?|文图|图文|视频|摄像|撰文|文案|制作|海报|播音|主播|素材|监审|统筹)(?:[/、](?:图片?|文字?|编辑|制作|视频))?"
    r"\s?[：:]\s?[^，。；！？“”]{1,24}"
)


def rows_of_headlines(lines: Sequence[str], start: int) -> set[int]:
    """Returns the lines of the text's end, not before line `start`, that are headlines of other texts, also where they
    read like sentences: 往期推荐 / 水价怎么定？我们问了村里.

    They stand below the label of a list, and above the end of the text or another line of the page.
    """
    found: set[int] = set()
    for at in range(max(start, len(lines) - _TAIL), len(lines)):
        if furniture(lines[at]) is Furniture.LIST:
            stop = at + 1
            while stop < min(len(lines), at + 1 + _MOST_HEADLINES) and _may_be_headline(lines[stop]):
                stop += 1
            if _are_headlines(lines, at, stop):
                found.update(range(at + 1, stop))
    return found


def is_credit_beside(line: str) -> bool:
    """Returns whether the line is a credit where one stands beside it: 图片：方小川. Alone it may be a heading."""
    return len(line) < _LONGEST_HEADLINE and bool(_CREDIT_BESIDE.fullmatch(line))


def _may_be_headline(line: str) -> bool:
    """Returns whether a line may be the title of another text; the last words of a speaker never are."""
    return (
        len(line) <= _LONGEST_HEADLINE
        and not line.endswith(("：", ":", "，", "；", "、"))
        and line.count("。") <= 1
        and not _SPOKEN.match(line)
        and not is_customary_closing(line)
        and not is_salutation(line)
        and furniture(line) in (Furniture.NONE, Furniture.BUTTON)
        and line_kind(line) is not LineKind.NOTICE
    )


def _are_headlines(lines: Sequence[str], label: int, stop: int) -> bool:
    """Returns whether the lines below a label up to line `stop` are headlines."""
    rows = lines[label + 1 : stop]
    # 延伸阅读 / 《渠水集》: what a lecture recommends
    if not rows or 2 * sum("《" in row for row in rows) > len(rows):
        return False
    sentences = sum("。" in row for row in rows)
    if stop < len(lines):
        return 2 * sentences <= len(rows) and _is_of_page(lines[stop])
    return sentences == 0 and len(rows) >= _FEWEST_ALONE and bool(_NO_SPEECHS_LABEL.search(lines[label]))


def _is_of_page(line: str) -> bool:
    return furniture(line) not in (Furniture.NONE, Furniture.BUTTON) or line_kind(line) is LineKind.NOTICE

"""Decides, under a title, which lines that look like the beginning of the body still stand above it, and which
begin it because the source sets them as headings.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from jianggao.parsing.dashes import dash_before
from jianggao.parsing.editors_notes import is_about_the_text
from jianggao.parsing.mastheads import numbered_mastheads
from jianggao.parsing.notices import is_notice
from jianggao.parsing.occasion_lines import is_form_line, is_surely_occasion, is_whole_in_brackets
from jianggao.parsing.paper_lines import is_instruction
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.site_names import is_site_name
from jianggao.parsing.title_choice import BOLD, goes_on
from jianggao.parsing.title_lines import continues, is_open, is_part_number, names_a_speech
from jianggao.parsing.web_furniture import is_web_line

# 同志们好我今天主要讲三个问题…, as a recording is written down without punctuation, but not 大家好日子都在后头
_GREETS_AND_GOES_ON = re.compile(
    r"(?:尊敬的|亲爱的|敬爱的)?(?:各位[一-鿿]{0,8}?|大家|同志们|同学们|老师们|朋友们|乡亲们|同事们|战友们|家长们|你们)"
    r"(?:上午|下午|早上|晚上|中午|新年)?好[啊呀，,！! ]?(?=[我咱今各首很非在先感谢同下刚又欢接这].{5})"
)
_SAYS_I = re.compile(
    r"[我咱]们?(?:今天|来|就|先|主要|想|再|要|说|讲|叫|是|也|都|不)|(?:今天|下面|首先|现在|刚才)(?:由|请)?[我咱]|大家[好也都]|同志们|咱们"
)
_MOST_TITLE_LINES = 3
_SHORTEST_SPOKEN = 30
"""Characters from which a line that says I or we is no title: 我们今天怎样修渠 is one."""


def speaks_at_once(line: str) -> bool:
    """Returns whether the line is the speaker's own words, though no full stop ends it: it addresses the audience
    and goes on, or is long and says I or we."""
    if names_a_speech(line):
        return False
    if _GREETS_AND_GOES_ON.match(line):
        return True
    return len(line) > _SHORTEST_SPOKEN and bool(_SAYS_I.search(line)) and "《" not in line[:1]


def stands_above_body(above: Sequence[str], line: str) -> bool:
    """Returns whether a line that looks like the beginning of the body belongs to what stands above it.

    That is an entry of a form, how the text came about (in brackets, as long as it may be), the number of a
    part, or the end of an open title: 渠往哪里修，/ 水往哪里流？
    """
    if is_part_number(line):
        # （一） can be the first heading; a text doesn't begin with （二）.
        return line[1:-1] not in ("一", "1")
    if is_form_line(line) or is_about_the_text(line) or is_whole_in_brackets(line) or is_instruction(line):
        return True
    title = [each for each in above[-2:] if not is_surely_occasion(each)]
    return line.endswith(("？", "！")) and bool(title) and is_open("".join(title)) and goes_on(title, line)


def _is_beside_title(line: str) -> bool:
    return is_surely_occasion(line) or is_notice(line) or is_web_line(line) or is_site_name(line)


def _title_above(above: Sequence[str], notes: Collection[int]) -> list[str]:
    """Returns which of the lines above another can be the title."""
    others = numbered_mastheads(above).union(notes)
    return [line for at, line in enumerate(above) if at not in others and not _is_beside_title(line)]


def _is_above_subtitle(lines: Sequence[str], at: int, styled: Mapping[str, int]) -> bool:
    """Returns whether a line is of the title, which may take several lines of one style, above a subtitle that names
    the speech: # 让水听话，让塘 / # 记账 / ——在年中会上的讲话."""
    for below in range(at + 1, min(at + 1 + _MOST_TITLE_LINES, len(lines))):
        line = lines[below]
        if dash := dash_before(line):
            return names_a_speech(line[dash:])
        if styled.get(line) != styled.get(lines[at]):
            return False
    return False


def is_styled_heading(
    lines: Sequence[str], at: int, notes: Collection[int], styled: Mapping[str, int]
) -> bool:
    """Returns whether a line under the title is the body's first heading because the source sets it as one.

    ## 在…会上的讲话 is a subtitle, and the only line of the outermost level is the title itself.
    """
    depth = styled.get(lines[at], BOLD)
    if not at or depth >= BOLD or is_surely_occasion(lines[at]) or names_a_speech(lines[at]):
        return False
    title = _title_above(lines[:at], notes)
    joins = is_open("".join(title)) or continues(lines[at])
    if not title or _is_above_subtitle(lines, at, styled) or (joins and goes_on(title, lines[at])):
        return False
    depths = list(styled.values())
    if depths.count(depth) == 2 and styled.get(title[0]) == depth == min(depths) and at + 1 < len(lines):
        # # 让水听话 / # 让塘记账 / （2025年3月18日）: the two outermost lines above a date or a salutation are one title.
        below = lines[at + 1]
        return not (len(title) == 1 and (is_surely_occasion(below) or is_salutation(below)))
    is_only_title = title[0] not in styled and depths.count(depth) == 1 and depth == min(depths) < max(depths)
    return not is_only_title

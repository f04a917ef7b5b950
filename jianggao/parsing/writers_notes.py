"""Finds what a writer noted for himself below a speech: 待办 with its list, 我的批注, 修改记录.

Nobody speaks these lines, but they are no notices either: they stay and are told, and none of them is a heading.
All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.draft_remarks import is_work_on_draft
from jianggao.parsing.salutation import is_salutation
from jianggao.parsing.speech_lines import is_customary_closing, is_name
from jianggao.text.simplified import simplified

_LONGEST = 50
_MOST_LINES = 24
_MOST_SENTENCES = 1
"""待办 / 第一，七个村通水。 / 第二，换新表。 are a speaker's sentences, and no notes."""
_WORDS = (
    # 待办, 待核数据, 待补充的内容
    r"待(?:办|核[实对]?|查证?|补充?|定|修?改|确认|完善|处理)的?(?:事项|问题|清单|内容|数[据字]|工作|任务)?"
    # 我的批注, 审稿意见, 修改记录, 版本历史
    r"|(?:(?:我|本人|自己|个人|领导|[小老][一-鿿])的?)?(?:批注|备忘录?)"
    r"|(?:我的|领导|本[轮次]|[各几]位领导)?(?:修改|改稿|修订|审稿|审核|会签)(?:记录|意见|建议|说明|历史|日志|清单)(?:汇总)?"
    r"|(?:版本|更新|变更)(?:记录|历史|日志|说明)"
    r"|(?:写作|写稿|起草|撰稿|成稿|改稿|用稿)(?:说明|记录|备忘|笔记)"
    r"|(?i:to-?\s?do(?:\s?list|s)?|fixme|change\s?log)"
)
_LABEL = re.compile(
    r"[#◆■●▶★※*—\-\s📌📝✅]{0,6}[【\[〔（(]?\s?"
    rf"(?:(?P<sure>{_WORDS})|(?:我的|写作|作者)?备注)"
    r"\s?(?P<sign>[】\]〕）)]?\s?(?:[（(][^（()）]{1,12}[）)]\s?)?[：:]?)\s?(?P<text>.{0,60})"
)
"""What stands above such notes, or before one. 一、待办事项清零 and 备注 | 金额 are none."""
_DECORATION = re.compile(r"[—\-*\s★※]{0,6}")
_SPOKEN = re.compile(r"同志们|各位|让我们|让咱们|祝|愿|朋友们|同学们|乡亲们|老师们|谢谢|感谢")
_FOOTNOTE = re.compile(r"\[\d{1,3}\] ?(?=\S)")


def writers_notes(body: Sequence[str], is_text: Callable[[str], bool]) -> range:
    """Returns which lines of a body are the writer's notes at its end; an empty range behind the body if none are.

    They begin with a label, and only short lines stand behind it up to the end, or to footnotes and a signature. What
    `is_text` says of a label counts more than its words.
    """
    stop = _above_signature(body)
    start = len(body)
    said = 0
    for at in range(stop - 1, max(0, stop - 1 - _MOST_LINES), -1):
        said += body[at].endswith("。") and not is_work_on_draft(simplified(body[at]))
        if said > _MOST_SENTENCES or not _may_be_noted(body[at]):
            break
        # 墙上贴着三个字：/ 待办 is quoted.
        announced = body[at - 1].endswith(("：", ":"))
        if not announced and _is_label(body[at], is_last=at == stop - 1) and not is_text(body[at]):
            start = at
    return range(start, max(start, stop))


def _above_signature(body: Sequence[str]) -> int:
    """Returns the place behind the last line that is neither a footnote nor of a signature with its date."""
    stop = len(body)
    while stop and _FOOTNOTE.match(body[stop - 1]):
        stop -= 1
    if stop and is_bare_date(body[stop - 1]):
        stop -= 1
        stop -= stop > 0 and is_name(body[stop - 1])
    return stop


def _may_be_noted(line: str) -> bool:
    """Returns whether a line can be a note: short, and neither a row of a table nor what a speaker says last."""
    return (
        len(line) <= _LONGEST
        and line.count("。") <= 1
        and " | " not in line
        and not _SPOKEN.match(simplified(line[:4]))
        and not is_customary_closing(line)
        and not is_salutation(line)
    )


def _is_label(line: str, *, is_last: bool) -> bool:
    """Returns whether notes begin in a line. 备注 alone says too little: something must stand behind it, and beside
    it what is to be done for the draft (备注：亩数请水利站核实)."""
    label = _LABEL.fullmatch(simplified(line))
    if label is None:
        return False
    if _DECORATION.fullmatch(label["text"]):
        return label["sure"] is not None or not is_last
    # 待办事项清零 goes on as a phrase does.
    if not label["sign"]:
        return False
    return label["sure"] is not None or is_work_on_draft(label["text"])

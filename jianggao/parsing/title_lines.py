"""Decides which lines make the title: where it begins, whether it goes on, and how it is written in one line.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jianggao.parsing.dashes import dash_before
from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.framed_lines import framed
from jianggao.parsing.salutation import set_close
from jianggao.text.simplified import simplified

LONGEST_TITLE = 120
LONGEST_TITLE_LINE = 60
_MOST_TITLE_LINES = 4
_MOST_SPEECH_LINES = 3
_SHORTEST_STRONG_TITLE = 8
_SHORTEST_WHOLE = 6

_SPEECH = (
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|讲义|动员|部署|汇报|述职|讲座|访谈|宣讲|表态"
    r"|答谢词|欢迎词|欢迎辞|开幕词|闭幕词|悼词|倡议|说明|谈话|座谈|点评|讲评)"
)
_TAIL = (  # 讲话稿, 讲话（二）, 讲话（节选）, 讲话（全文）, 讲话》
    r"(?:稿|提纲|摘要|全文|材料|要点|纪要|实录|辞|词)?\s?"
    r"(?:[（(](?:[一二三四五六七八九十\d上中下续节选摘要提纲]{1,6}|全文|实录|送审稿|讨论稿|初稿|定稿)[）)])?[》）)”】]?$"
)
_TITLE_END = re.compile(
    r"(?:讲话|致辞|致词|发言|报告|演讲|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|讲义|动员|部署|汇报|述职|工作|建议"
    rf"|意见|讲座|访谈|奋斗|体会){_TAIL}"
)
SPEECH_WORD = re.compile(
    r"讲话|致辞|致词|发言|报告|演讲|党课|动员|总结|讲稿|主持词|寄语|贺词|会上|仪式上|大会|会议|典礼|座谈|论坛|培训"
)
_DOCUMENT = (
    r"(?:意见|通知|说明|汇报|建议|决定|思考|体会|情况|办法|方案|倡议|问题|决议|批示|谈话|感想|启示|做法|经验)"
)
_CLOSED_SPEECH = re.compile(rf"(?:{_SPEECH}|{_DOCUMENT}){_TAIL}")
_AT = re.compile(r"(?:.{2,20}?(?:同志|书记|长|主任|主席))?在(?!线|于|即|握|望|外|心|路上|希望)")
"""What a title that names the meeting begins with: 在…, 方大川同志在…."""
_AT_END = re.compile(r"(?:上|中|时|前|后|现场|期间|路上)$")
_NAMES_A_SPEECH = re.compile(
    # 在年中会上的讲话, 方大川同志在年中会上的讲话（节选）, 关于严禁倒卖化肥的讲话
    rf"(?:.{{0,14}}?(?:在|于|关于|就).{{2,80}}?(?:{_SPEECH}){_TAIL})"
    # 植树节启动仪式上的讲话
    rf"|.{{5,60}}(?:会|式|典礼|活动|论坛|班|节)上的(?:{_SPEECH}){_TAIL}"
    # 柳湾村党支部书记罗小满同志的发言
    rf"|.{{2,30}}(?:同志|书记|长|主任|主席|代表)的(?:{_SPEECH}){_TAIL}"
)
_CONTINUES = re.compile(
    r"[的、和与及暨]|以及|并|会上|会议|大会|上的|动员|推进会|座谈会|现场会|仪式上|中的|时的|第[一二三四五六七八九十\d]+次(?:会议|全)"
)
_GOES_ON = re.compile(r"(?:[的和与及暨、，,“《（(—]|以及|关于|并|为|对|向|在|就)$")
_PERSON_OR_ORGANISATION = re.compile(
    r"(?:会|局|委|府|县|市|省|乡|镇|村|厅|部|院|校|公司|集团|同志|书记|长|主任|主席|年|度|届|次|大会|会议|支部|党组|中心|室)$"
)
_SPEAKER_OR_YEAR = re.compile(
    r"(?:同志|书记|[县市省区镇乡村局厅部院校处科所站厂队会事]长|主任|主席|代表|委员|教授|经理|老师|先生|女士|年|年度|届|次)$"
)
_BRACKETS_AROUND = {"《": "》", "【": "】", "[": "]", "〖": "〗", "〔": "〕"}
_DATE_BEHIND = re.compile(r"\s*[（(〔\[][^（(〔\[]*[）)〕\]]$")
_SHORTEST_HALF = 5
"""Characters of each half of a couplet."""
_SIGNS_AROUND = re.compile(r"^[\s★☆◆◇■□▲△※◎✦✧]{1,12}|[\s★☆◆◇■□▲△※◎✦✧]{1,12}$|(?<=[一-鿿）)”》])[①②③④⑤⑥⑦⑧⑨⑩]$")
_KIND_BEFORE = re.compile(
    r"【(?:领导|重要)?(?:讲话|发言|致辞|致词|演讲|党课|主持词|宣讲)(?:稿|材料|全文)?】\s?"
)
_TITLE_OF_SPEECH = re.compile(
    r"(?:在|关于|.{2,40}(?:上的|[会式礼班])).{0,80}(?:讲话|致辞|致词|发言|报告|演讲|党课|主持词|总结|授课|讲课|辅导|宣讲)(?:稿|提纲|摘要)?[》）)”]?"
)
_HAN = re.compile(r"[一-鿿]")
_PART_NUMBER = re.compile(r"[（(](?:[一二三四五六七八九十]{1,2}|\d{1,2}|[上中下])[）)]")


def ends_like_title(line: str) -> bool:
    """Returns whether a line ends with a word for a speech or a paper, as a title does."""
    return bool(_TITLE_END.search(simplified(line[-20:])))


def is_strong_title(line: str) -> bool:
    """Returns whether a line is long enough for a whole title and ends like one."""
    return len(line) >= _SHORTEST_STRONG_TITLE and ends_like_title(line)


def names_a_speech(line: str) -> bool:
    """Returns whether the line by itself names a speech: 在…会上的讲话, 关于严禁倒卖化肥的讲话."""
    return len(line) <= LONGEST_TITLE and bool(_NAMES_A_SPEECH.fullmatch(simplified(line)))


def names_a_speech_first(line: str) -> bool:
    """Returns whether the line names a speech from its first word on, whatever the meeting was about:
    关于严禁倒卖化肥的讲话 is no notice."""
    return line.startswith(("在", "关于", "《在", "《关于")) and names_a_speech(line)


def speech_from(lines: Sequence[str], at: int) -> str:
    """Returns the title of a speech (在…会上的讲话) that begins in the line `at`, in one line, where it takes one line or
    goes on in those below; "" where none begins there."""
    written = ""
    for line in lines[at : at + _MOST_SPEECH_LINES]:
        line = set_close(line)
        if written and not (is_open(written) or continues(line)):
            break
        written += line
        if not written.startswith(("在", "《在")):
            break
        if names_a_speech(written):
            return written
    return ""


def is_part_number(line: str) -> bool:
    """Returns whether the line is the number of a part and nothing else: （二）, （下）."""
    return bool(_PART_NUMBER.fullmatch(line))


def is_open(title: str) -> bool:
    """Returns whether the title can't end here: 在全县水利冬修, 关于进一步做好, 路灯管护的."""
    title = simplified(title[-LONGEST_TITLE:])
    if _GOES_ON.search(title) or _is_unbalanced(title):
        return True
    if _CLOSED_SPEECH.search(title[-24:]):
        return False
    begins = _AT.match(title) is not None and not _AT_END.search(title)
    return begins or title.startswith("关于")


def continues(line: str) -> bool:
    """Returns whether a line begins as no title and no other line does: 的讲话, 会议上的讲话, 与2025年计划的报告."""
    return bool(_CONTINUES.match(simplified(line[:12])))


def is_whole_title(title: Sequence[str], line: str) -> bool:
    """Returns whether the lines of `title` are all of it, so that `line` is something else."""
    written = "".join(title)
    if len(title) >= _MOST_TITLE_LINES or len(written) + len(line) > LONGEST_TITLE:
        return True
    # A line of sentences goes on with no title, but 渠往哪里修，/ 水往哪里流？ are one.
    if "。" in line or line.endswith(("：", ":", "；")):
        return True
    if _begins_another(written, line):
        return True
    if is_open(written) or (continues(line) and len(line) <= LONGEST_TITLE_LINE):
        return False
    if written.endswith(("！", "!", "？", "?", "。")):
        return True
    # 讲话 or 报告 ends a title, but a line as short as 工作报告 is only the first part of one.
    if ends_like_title(set_close(title[-1])) and len(written) > _SHORTEST_WHOLE:
        return True
    # 让路灯亮到村口 / 在路灯管护推进会上的讲话: a title and its subtitle. 松坪乡人民政府 / 关于…的报告 is one title.
    return names_a_speech(line) and not _PERSON_OR_ORGANISATION.search(written)


def _begins_another(written: str, line: str) -> bool:
    """Returns whether a line is the title of a speech below a theme, though that could go on: 在学习中进步 / 在…的讲话,
    让信用走进每个村 / 在…的讲话; but 方大川同志 / 在…的讲话 is one title."""
    if not line.startswith("在") or not names_a_speech(line) or _GOES_ON.search(written):
        return False
    return not _SPEAKER_OR_YEAR.search(written) and not _is_unbalanced(written)


def _is_unbalanced(title: str) -> bool:
    return any(title.count(one) > title.count(other) for one, other in ("《》", "“”", "（）"))


def in_one_line(title: Sequence[str]) -> str:
    """Returns the title in one line, without a date in brackets behind it, a dash before it or brackets around it.

    Letters that are spaced out (政 府 工 作 报 告) come together. Neither stars around a title belong to it, nor the
    sign of a footnote behind it, nor 【讲话】 before it.
    """
    written = _letters_set_close(title[0]) if len(title) == 1 else _joined([*map(set_close, title)])
    written = _without_signs(written)
    behind = _DATE_BEHIND.search(written[-60:])
    if behind and is_bare_date(behind[0]) and len(behind[0]) < len(written):
        written = written[: len(written) - len(behind[0])]
    written = written[dash_before(written) :]
    closing = _BRACKETS_AROUND.get(written[:1])
    if (
        closing
        and written.endswith(closing)
        and written.find(closing) == len(written) - 1
        and len(written) > 3
    ):
        written = written[1:-1].strip()
    return written


def _joined(lines: Sequence[str]) -> str:
    """Returns the lines of a title as one. A blank parts the halves of a couplet (走稳山路 / 修好水渠), phrases where the
    line above has a blank between its own, and letters or digits that would run into others."""
    written = lines[0]
    for line in lines[1:]:
        beside = written[-1:] + line[:1]
        runs_together = len(beside) == 2 and beside.isascii() and beside.isalnum()
        written += f" {line}" if runs_together or _are_phrases(written, line) else line
    return written


def _are_phrases(above: str, below: str) -> bool:
    if is_open(above) or continues(below) or ends_like_title(below) or ends_like_title(above):
        return False
    if not (_HAN.fullmatch(above[-1]) and _HAN.match(below)):
        return False
    couplet = len(above) == len(below) and len(below) >= _SHORTEST_HALF
    return (couplet and not _SPEAKER_OR_YEAR.search(above)) or (" " in above and len(below) >= _SHORTEST_HALF)


def _without_signs(title: str) -> str:
    """Returns ★在渠边的讲话★, ～让路灯亮到村口～, 在渠边的讲话① and 【讲话】在渠边的讲话 without these signs. What
    would leave nothing stays, and 【讲话】 where the rest doesn't say that it is one."""
    frame = framed(title)
    bare = _SIGNS_AROUND.sub("", title if frame is None else title[frame])
    kind = _KIND_BEFORE.match(bare)
    if kind and names_a_speech(bare[kind.end() :]):
        bare = bare[kind.end() :]
    return bare if _HAN.search(bare) else title


def _letters_set_close(line: str) -> str:
    """Returns 2025年政 府 工 作 报 告 without the blanks beside its single letters; those between words stay."""
    words = line.split(" ")
    written = words[0]
    for before, word in pairwise(words):
        parts_letters = len(before) == 1 or len(word) == 1
        between_han = bool(_HAN.match(word) and before and _HAN.match(before[-1]))
        written += word if parts_letters and between_han else f" {word}"
    return written


def is_title_of_speech(line: str) -> bool:
    """Returns whether the line can only be a title, whatever words it has: 关于严禁倒卖化肥的讲话."""
    return len(line) <= LONGEST_TITLE and bool(_TITLE_OF_SPEECH.fullmatch(simplified(line)))

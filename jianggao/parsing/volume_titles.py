"""Recognises the lines that a speech inside a volume begins with: its title, date, speaker and salutation.

All examples in the comments are made up. Every function looks at lines of bounded length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum

from jianggao.parsing.dates import is_bare_date, is_labelled_date
from jianggao.parsing.heading_numbers import read_mark
from jianggao.parsing.page_layout import is_bare_number, is_layout
from jianggao.parsing.salutation import (
    SPACED_OUT,
    is_salutation,
    set_close,
    whole_salutation,
)
from jianggao.parsing.speaker import is_other_word
from jianggao.parsing.volume_labels import NUMBER, SAMPLE_LABEL, TitleLabel, label_alone
from jianggao.parsing.web_furniture import is_web_line
from jianggao.text.numerals import number_of
from jianggao.text.remembered_lines import remembered

LONGEST_TITLE_LINE = 60
"""Characters of a line that can be a title."""
_LONGEST_PLAIN = 40
_MOST_CALLS = 4
"""Lines of a salutation."""
_KINDS = (
    r"讲话|致辞|致词|发言|报告|演讲|演说|党课|讲稿|主持词|总结|寄语|贺词|献词|祝词|祝酒词|开幕词|闭幕词|欢迎词|答谢词|悼词"
    r"|贺信|讲义|动员|汇报|述职|谈话|答问|讲课|宣讲|表态|点评"
)
_BEHIND_KIND = r"(?:稿|提纲|摘要|摘编|全文|要点|节选|实录|记录|整理稿)?"
_NO_PROSE = r"[^，。；：！？,;:!?“”]"
# 方大川同志在抗旱会上的讲话, 2025年3月18日在年中工作会议上的总结讲话（摘要）
_AT_AN_OCCASION = re.compile(
    rf"({_NO_PROSE}{{0,24}}?)在({_NO_PROSE}{{2,44}}?)[上时中间里]的?{_NO_PROSE}{{0,12}}?"
    rf"(?:{_KINDS}){_BEHIND_KIND}\s*(?:[（(][^（()）]{{1,24}}[）)])?"
)
# 毕业典礼致辞, 政府工作报告, 给新来教师的信, 答渠水报记者问
_OF_A_KIND = re.compile(
    rf"{_NO_PROSE}{{3,50}}(?:{_KINDS}){_BEHIND_KIND}\s*(?:[（(][^（()）]{{1,24}}[）)])?"
    rf"|[致给]{_NO_PROSE}{{2,30}}信|答{_NO_PROSE}{{2,20}}问"
)
# 学习贯彻方书记在全会上的讲话 is what people did with a speech; 请方县长作报告 and 领导讲话 stand in an agenda.
_IS_ABOUT_A_SPEECH = re.compile(
    r"学习|贯彻|传达|认真|深入|根据|按照|听[取了]|落实|围绕|结合|印发|转发|下面|接着|接下来|首先|然后|最后|现在|请|由|进行"
    r"|开展|作|做|附|见|引自|摘自|出自|参见|回顾|这是|我们|我在|本文|以上|上述|我的|他的|她的|再读|重读|读|评"
)
# 证婚人致辞, 学生家长发言
_ROLE = r"[^在年会节]{0,6}[人者表宾长记员师生友亲娘郎方民户席任授总](?<!动员)"
AGENDA_ENTRY = re.compile(
    r"(?:领导|代表|嘉宾|主持人?|开场|开幕|闭幕|学生|教师|老师|家长|来宾|县长|市长|书记|主任|校长|院长|有关|部门|各|单位|同志"
    r"|主要|大会|会议|集中|交流|总结|表态|工作|情况|重要|致欢迎|依次|上台|典型)*"
    rf"(?:{_KINDS})"
    rf"|{_ROLE}(?:讲话|致辞|致词|发言|表态|汇报|报告|总结|点评)"
)
_ENDS_WITH_KIND = re.compile(rf"(?:{_KINDS}){_BEHIND_KIND}\s*(?:[（(][^（()）]{{1,24}}[）)])?$|信$|问$")
_SAMPLE = r"(?:篇|范文|例文|样文|样稿|之)"
# 防汛会讲话（二）, 防汛会讲话稿篇2, 演讲稿（范文2）, 竞聘演讲稿 第二篇, 校长开学讲话2：
_LABEL_BEHIND = re.compile(
    rf"(?P<rest>.{{2,50}}?)\s*(?:[（(](?:(?P<named>{_SAMPLE}|第)\s*)?(?P<n1>{NUMBER})篇?[）)]"
    rf"|(?P<sample>{_SAMPLE}|第(?=.{{1,4}}篇))\s*(?P<n2>{NUMBER})\s*篇?|(?P<n3>\d{{1,2}}))\s*[：:]?"
)
# 全县水利会议材料之二 stands above a title.
_PAPER = re.compile(rf".{{0,40}}(?:材料|文件)之\s*({NUMBER})")
_TITLE_LABEL = re.compile(r"^(?:原?标题|题目|篇名|讲话题目)\s*[：:]\s*(?=\S)")
_DECORATION = "*＊★☆●○■◆◇※ "
_QUOTED = re.compile(r"“[^“”]{1,20}”")
SUBTITLE_LINE = re.compile(r"[—―－─–\-]{1,4}\s*(.+)")
_BRACKETED = re.compile(r"[（(【\[〔].{1,50}[）)】\]〕]")
LABELLED_LINE = re.compile(
    r"(?:会议)?(?:时间|地点|主持人?|主讲人?|讲话人|授课人?|报告人|汇报人|发言人|作者|演讲人|致辞人|单位|场合|对象)\s*[：:].{1,40}"
)
SPEAKER_LINE = re.compile(
    # 书记讲话 and 代表发言 name no speaker, nor does 第六周.
    r"(?!第[一二三四五六七八九十\d]{1,3}[周讲期场位篇课次回站轮集]$)"
    r"(?:(?!.{0,20}(?:讲话|发言|致辞|报告|汇报|总结)$)[\w×·]{0,20}(?:书记|[县市省区镇乡局部处科所校院会馆站社厂村]长|主任|主席|总理|董事长|总经理|经理|委员|秘书长|代表)"
    r"[\s：:]*[\w×·]{2,4}|[一-鿿]\s?[一-鿿×·]{1,3}|[一-鿿×]{2,4}\s*[（(][^（()）]{2,20}[）)])"
)
# 时间一, 主题2; 水利篇
_WORD_AND_NUMBER = re.compile(rf"([一-鿿]{{2,4}}){NUMBER}|[一-鿿]{{1,6}}篇")
_CALL = re.compile(r"[^：:！!。？]{2,40}[：:！!]")
_HAN = re.compile(r"[一-鿿]")
_ENDS_AS_PROSE = tuple("。！？；：，、,;:!?…")


class TitleForm(IntEnum):
    """How much a line looks like a title; the value is its weight as evidence."""

    NONE = 0
    PLAIN = 1
    """Short and without an end mark, as headings are too."""
    KIND = 2
    """It ends with a word for a speech: 毕业典礼致辞."""
    OCCASION = 3
    """在抗旱会上的讲话."""


@remembered
def bare_title(line: str) -> str:
    """Returns a title without a label (标题：), without 《》 around it, and not spaced out."""
    if len(line) > 2 * LONGEST_TITLE_LINE:
        return line
    line = _TITLE_LABEL.sub("", SPACED_OUT.sub("", line).strip(_DECORATION))
    return line[1:-1] if line.startswith("《") and line.endswith("》") and line.count("《") == 1 else line


@remembered
def title_form(line: str) -> TitleForm:
    """Returns how much the line looks like the title of a speech."""
    # 在“清渠行动”总结会上的讲话: a name in quotes is no prose.
    line = _QUOTED.sub("某事", bare_title(line))
    if not 2 <= len(line) <= LONGEST_TITLE_LINE or line.endswith(_ENDS_AS_PROSE) or is_layout(line):
        return TitleForm.NONE
    mark = read_mark(line)
    is_marked = mark is not None and not mark.loose
    occasion = None if is_marked else _AT_AN_OCCASION.fullmatch(line)
    if occasion and not _IS_ABOUT_A_SPEECH.search(occasion[1]):
        return TitleForm.OCCASION
    if not is_marked and (AGENDA_ENTRY.fullmatch(line) or _ENDS_WITH_KIND.search(line)):
        if AGENDA_ENTRY.fullmatch(line) or _IS_ABOUT_A_SPEECH.match(line):
            return TitleForm.NONE
        if _OF_A_KIND.fullmatch(line):
            return TitleForm.KIND
    is_plain = (
        len(line) <= _LONGEST_PLAIN
        and len(_HAN.findall(line)) >= 2
        and not _BRACKETED.fullmatch(line)
        and not is_date_line(line)
        and not is_bare_number(line)
        and not is_marked
    )
    return TitleForm.PLAIN if is_plain else TitleForm.NONE


@remembered
def title_label(line: str) -> tuple[TitleLabel, str] | None:
    """Returns the number that a title carries, and the title without it ("" for a label alone)."""
    if len(line) > LONGEST_TITLE_LINE:
        return None
    match = SAMPLE_LABEL.fullmatch(line)
    if match:
        number = number_of(match["n1"] or match["n2"])
        kind, weight = ("part", 2) if match["part"] else ("sample", 3)
        return (TitleLabel(kind, number, weight), match["rest"] or "") if number else None
    match = _PAPER.fullmatch(line)
    if match:
        number = number_of(match[1])
        return (TitleLabel("paper", number, 2), "") if number else None
    match = _LABEL_BEHIND.fullmatch(line)
    if match and _may_be_numbered(match):
        number = number_of(match["n1"] or match["n2"] or match["n3"])
        weight = 3 if match["sample"] or match["named"] else 2
        return (TitleLabel(match["rest"], number, weight), match["rest"]) if number else None
    mark = read_mark(line)
    # 1. 在抗旱会上的讲话, 二、在防汛会上的讲话: only before a title of its own; else it is a heading.
    if mark is not None and not mark.loose and title_form(line[mark.length :]) >= TitleForm.KIND:
        return TitleLabel(f"mark {mark.kind}", mark.number, 2), line[mark.length :]
    return None


def _may_be_numbered(match: re.Match[str]) -> bool:
    """Returns whether what stands before a number is the title of a speech: 演讲稿 only before 篇1, 范文一."""
    rest = match["rest"]
    if match["n3"] is not None and rest[-1].isdigit():
        return False
    is_sample = bool(match["sample"] or match["named"]) and _ENDS_WITH_KIND.search(rest) is not None
    return is_sample or (len(rest) >= 4 and title_form(rest) >= TitleForm.KIND)


def is_date_line(line: str) -> bool:
    """Returns whether the line is a date and nothing else, with a label or without."""
    return is_bare_date(line) or is_labelled_date(line)


@remembered
def is_front_line(line: str) -> bool:
    """Returns whether a line beside a title says when, where or who."""
    line = set_close(line[: 2 * LONGEST_TITLE_LINE])
    return len(line) <= LONGEST_TITLE_LINE and bool(
        is_date_line(line)
        or is_web_line(line)
        or _BRACKETED.fullmatch(line)
        or LABELLED_LINE.fullmatch(line)
        or SPEAKER_LINE.fullmatch(line)
        or SUBTITLE_LINE.fullmatch(line)
    )


def salutation_lines(lines: Sequence[str], at: int) -> int:
    """Returns how many lines from `at` on are a salutation; 1 for a line that begins with one
    (同志们：今天开会…), 0 for none."""
    last = at
    # 尊敬的各位领导， / 各位来宾：
    while (
        last < min(at + _MOST_CALLS, len(lines) - 1)
        and lines[last].endswith(("，", ",", "、"))
        and is_salutation(lines[last][:-1] + "：")
    ):
        last += 1
    if is_salutation(lines[last]):
        return whole_salutation(lines, last)[1] - at
    call = _CALL.match(lines[at][:LONGEST_TITLE_LINE])
    return int(call is not None and is_salutation(call[0]))


@remembered
def is_label_row(line: str) -> bool:
    """Returns whether a line as short as a name numbers or names a text of a collection: 范文一, 时间二, 水利篇."""
    if title_label(line) is not None or label_alone(line) is not None:
        return True
    match = _WORD_AND_NUMBER.fullmatch(line)
    # 时间 is a word of the dictionary, 方十 none.
    return match is not None and (match[1] is None or is_other_word(match[1]))

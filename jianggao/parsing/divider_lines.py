"""Recognises the lines of a volume that head one or several of its speeches and belong to none: 第二辑, 三月份讲话,
第六周.

All examples in the comments are made up. Every function looks at lines of bounded length.
"""

from __future__ import annotations

import re

from jianggao.parsing.page_layout import is_layout
from jianggao.parsing.surnames import begins_with_surname
from jianggao.parsing.volume_labels import is_label_not_name
from jianggao.parsing.volume_titles import TitleForm, is_date_line, title_form

THEME = "*篇"
"""The form of labels that name what a speech is about: 互助篇."""
_LONGEST_DIVIDER = 24
_DIVIDER = re.compile(
    r"(?:[上中下]|第[一二三四五六七八九十\d]{1,3})[编辑卷部册](?:$|[\s　：:·、].{0,18})"
    r"|(?:二〇.{2}年|\d{4}年)?(?:[一二三四五六七八九十\d]{1,2}月份?|第?[一二三四1-4]季度)(?:的?讲话|致辞|发言)?"
    r"|(?:二〇.{2}年|\d{4}年)(?:度)?(?:的?讲话|致辞|发言)?"
)
_NUMERAL = r"[〇零一二三四五六七八九十百\d]"
_NUMBER = rf"{_NUMERAL}{{1,4}}"
_COUNTED = (
    rf"第\s?{_NUMBER}\s?(?:教学周|学周|周|星期|学期|学年|讲|期|场|位|篇|课|次|回|站|集|轮"
    r"|单元|专题|板块|环节|阶段|部分)"
)
_SCHOOL_TERM = r"(?:[上下]|[春秋]季?)学期"
# No number begins within another one, so that a row of digits is read in one way only.
_BESIDE = rf"(?<!{_NUMERAL}){_NUMBER}(?:学年度?|年度?|月份?|日)?|[上中下]午|晚上"
_BETWEEN = r"[\s—–\-~～至·/（）()]{0,2}"
_LABEL = re.compile(rf"(?=.{{0,20}}(?:第|学期))(?:(?:{_COUNTED}|{_SCHOOL_TERM}|{_BESIDE}){_BETWEEN}){{1,8}}")
# 2024年第3期 is where a speech was printed.
_SOURCE = re.compile(r"年\s?第.{1,4}(?<!学)期")
_AROUND = "【】[]〔〕〈〉《》<>*＊★☆●○■◆◇※—–-·~～=＝ "
_THEME = re.compile(
    r"[一-鿿]{1,6}(?:之?篇|之[章卷声歌]|板块|单元|专题|专场|专辑)|[一-鿿]{1,6}[篇章][：:·][一-鿿]{1,10}"
)
_NAMED = re.compile(r"((?:主题|专题|周次|期数|场次|板块|栏目|单元|环节|议题|类别)\s?[：:]).{1,18}")
_IN_BRACKETS = re.compile(r"[【\[〔][^【】\[\]〔〕]{1,16}[】\]〕]")
_NUMBERS = re.compile(rf"{_NUMERAL}+")
_SENTENCE = re.compile(r"[。！？!?；;，,、…“”]|[：:]$")
# 2025年3月, 3月1日, 全文1200字, 方大川整理: what a speech is signed with.
_SIGNED = re.compile(
    rf"年\s?{_NUMBER}\s?月|月\s?{_NUMBER}\s?日|\d\s?[./\-]\s?\d|\d\s?[字页票]|分钟|掌声|供稿|整理|记录|根据|录音|摄影|撰稿|审[核定]|来源"
)
_SIGNED_BY = re.compile(
    r"[者员人署]$|(?:部|局|委|会|社|校|班|村|县|镇|乡|市|省|院|室|组|队|厂|处|科|所|办|公司|政府|中心|小学|中学|大学|幼儿园)$"
)
_NAME = re.compile(r"[一-鿿×]\s?[一-鿿×]{1,3}")
_NAME_WITHIN = re.compile(r"[\s　·]([一-鿿×]{2,4})$")


def is_divider(text: str) -> bool:
    """Returns whether a line heads one or several speeches of a volume: 下编 山林, 第二辑, 三月份讲话, 第六周,
    第二学期第三周, 第六周（10月10日—10月14日）."""
    if len(text) > _LONGEST_DIVIDER:
        return False
    return bool(_DIVIDER.fullmatch(text)) or _is_counted(text.strip(_AROUND))


def _is_counted(text: str) -> bool:
    # （第3期） in brackets of its own is where a speech was printed, too.
    return (
        not text.startswith(("（", "("))
        and not _SOURCE.search(text)
        and bool(_LABEL.fullmatch(text))
        and not is_date_line(text)
    )


def label_form(text: str) -> str:
    """Returns what labels of one form have in common: 上午第#位 for 上午第二位, *篇 for 互助篇; "" for a line that
    can't be the label of a speech, or has no form.

    What a speech is signed with has none: 方大川, 2025年3月, 全文1200字.
    """
    if len(text) > _LONGEST_DIVIDER or _SENTENCE.search(text) or is_layout(text) or is_date_line(text):
        return ""
    if named := _NAMED.fullmatch(text):
        return named[1]
    if _THEME.fullmatch(text.strip(_AROUND)):
        return THEME
    if _SIGNED.search(text) or ends_with_name(text):
        return ""
    form = _NUMBERS.sub("#", text)
    if form != text:
        return form
    return "【*】" if _IN_BRACKETS.fullmatch(text) else ""


def is_sure_form(form: str) -> bool:
    """Returns whether a form is that of labels by its words, and not only by coming again."""
    return form == THEME or form.endswith(("：", ":"))


def ends_with_name(text: str) -> bool:
    """Returns whether a line is, or ends with, what may be a person's name."""
    if text.startswith("第") or is_label_not_name(text, beside=False):  # 第五 is a surname, too
        return False
    within = _NAME_WITHIN.search(text)
    return bool(_NAME.fullmatch(text) and begins_with_surname(text)) or (
        within is not None and begins_with_surname(within[1])
    )


def may_be_label(text: str) -> bool:
    """Returns whether a line of no known form may be a label where its place says so: 石磨夜话, and no signature,
    no date, no sentence, nothing in brackets and no title of a speech."""
    return (
        2 <= len(text) <= _LONGEST_DIVIDER
        and all("一" <= letter <= "鿿" or letter in " ·" for letter in text)
        and not (_SIGNED.search(text) or _SIGNED_BY.search(text) or ends_with_name(text))
        and not is_date_line(text)
        and title_form(text) is TitleForm.PLAIN
    )

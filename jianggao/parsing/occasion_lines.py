"""Recognises the lines beside a title that say when, where, by whom and on what occasion it was spoken.

All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.dashes import dash_before
from jianggao.parsing.dates import first_date, is_bare_date, is_day_of_year, without_dates
from jianggao.parsing.editors_notes import is_about_the_text, is_note
from jianggao.parsing.labelled_lines import LabelKind, read_label
from jianggao.parsing.registry_rows import is_registry_row
from jianggao.parsing.salutation import set_close
from jianggao.parsing.speaker import (
    PLACE_END,
    is_byline,
    is_other_word,
    is_row_of_names,
    speaker_in,
)
from jianggao.parsing.surnames import begins_with_surname
from jianggao.parsing.title_lines import SPEECH_WORD, ends_like_title

SHORTEST_PROSE = 30
_LONGEST_OCCASION = 40
_LONGEST_SPEAKER = 24
_LONGEST_FORM, _LONGEST_ROW = 80, 300
_SHORT_SENTENCE = 25
_LONGEST_BRACKETED = 200
_AMBIGUOUS = "说明 背景 备注 形式 方式 会议 活动 议题 议程 适用 场景 用途 天气"
_MAY_BEGIN_PARAGRAPH = frozenset(_AMBIGUOUS.split())
"""Labels that a sentence of the speech begins with as well: 说明：水轮是谁修的，先说清楚。"""
# （根据录音整理）, 〔2025〕12号
_BRACKETED = re.compile(r"^[（(\[〔].*[）)\]〕]$|^【.{0,5}】$|^[〔\[]\d{4}[〕\]]\s*第?\d+[号次期]$")
# 【让路灯亮到村口】 can be a title, but under a title it is none.
_IN_HEAVY_BRACKETS = re.compile(r"^【.*】$")
# 附件1, 松发〔2025〕12号, 中共松坪镇委员会文件
_OF_A_PAPER = re.compile(
    r"附件\s?[\d一二三四五六七八九十]{0,2}[：:]?|[\w×]{1,12}[〔\[（(]\s?(?:\d{4}|20××)\s?[〕\]）)]\s?第?[\d×]{1,4}号"
    r"|[\w×]{2,24}(?:委员会|人民政府|政府|办公室|党委|党组|总支|支部|局|委|厅|部|院|校|公司|集团|协会)文件"
)
_OF_SERIES = re.compile(r".{2,30}(?:材料|文件|发言|讲话)之[一二三四五六七八九十\d]{1,3}")
_LABELLED = re.compile(  # 时间：…, 参会人员：…
    r"(?:会议)?(?:时间|地点|主持人?|参会|参加|出席|列席|记录|记录人|主讲人?|讲话人|授课人?|报告人|汇报人|发言人|作者"
    r"|单位|场合|对象)(?:人员|单位)?\s*[：:]"
)
_UNKNOWN_LABEL = re.compile(r"[一-鿿]{2,6}\s?[：:]\s?[^：:]{1,60}")
_SPEAKER = re.compile(
    # ××市市长 ×××, 市委书记：方大川
    r"^(?:[\w×·]{2,20}(?:书记|县长|市长|省长|区长|镇长|乡长|局长|部长|主任|主席|总理|校长|院长|会长|处长|科长|所长"
    r"|董事长|总经理|经理|委员|秘书长|主席|馆长|站长|社长|厂长|副总理|代表)(?:[\s：:]+[\w×·\s]{1,8}|\w{0,2}[×某X]{1,3})?"
    # ×××, 方某某 or 方× alone, 主讲人：方大川
    r"|[×X某]{2,4}|\w{1,3}[×某]{1,3}"
    r"|(?:讲话人|主讲人?|报告人|演讲人|发言人|作者)[：:].{1,20})$"
)
_NO_NAME = re.compile(r"^[^·•×某X\s]{5,}$|的|^[^×某X]{1,20}[？！?!]$")
_INTERVIEW = re.compile(r"(?:对话|专访|访谈?|采访|独家|走近|走进).{2,}[：:]")
_NAME_LIKE = re.compile(r"[一-鿿]\s?[一-鿿]{1,2}(?:\s[一-鿿]{1,2})?")
"""方大川, 方 川, 方 大 川: as long as a name."""
_PLACE = re.compile(rf"[\w×·（）—-]{{1,24}}{PLACE_END.pattern}")
# 松坪镇党委书记、镇长: an office whose holder stands on the next line
_OFFICE = re.compile(
    r"(?:[\w×]{1,12}(?:县|市|省|区|镇|乡|村|社区|局|厅|部|委|办|院|校|公司|集团|协会|学会|党委|党组|支部|政府|学校|中心|大学))?"
    r"[\w×、，, （）()兼]{0,12}(?:书记|[县市省区镇乡村局厅部院校处科所站会社厂台馆组队]长"
    r"|主任|主席|委员|常委|总经理|董事长|总裁|教授|院士|主委|支书)"
)
_LONGEST_OFFICE = 30
_ORGANISATION = re.compile(
    r"(?:中共)?[\w×·]{2,24}(?:委员会|人民政府|办公室|党委|党组|党总支|党支部|村委会|居委会|管委会|农业农村局|水利局|教育局)"
)
# 县林场, 县水利局
_OFFICE_OF = re.compile(
    r"[省市县区州旗乡镇][\w×]{1,12}(?:局|委|办|厅|院|校|场|站|所|社|中心|公司|部|队|中学|小学|支部|协会)"
)
_MEETING = re.compile(r"(?:在|于).{2,46}(?:会|仪式|典礼|论坛|现场|活动|大会|会议|班|讲堂)(?:上|中|时)")
"""在松坪乡路灯管护推进会上: what stands behind the dash of a subtitle, without the dash."""


# 本报记者 陆远, ■本刊特约记者 陆远 通讯员 白小雨
_REPORTER = re.compile(
    r"(?:本[报刊网台社站号]|[一-鿿]{2,8}(?:报|社|网|台|晚报|日报|周刊))?(?:特约|见习|实习|首席|特派|驻[一-鿿]{1,6})?"
    r"(?:记者|通讯员|撰稿人?|评论员|摄影记者?|编辑|整理|采访|文字?|作者)"
)
_REPORTERS_SIGNS = "■□◎●◆▲★☆○（()）[]【】 "
_BETWEEN_REPORTERS = re.compile(r"[\s：:/丨|、，,]+")
_REPORTERS_NAME = re.compile(r"[一-鿿]{2,4}|[一-鿿]{1,6}[·•][一-鿿]{1,8}")
# 新华社北京3月5日电（记者 陆远）
_DATELINE = re.compile(
    r"(?:新华社|中新社|中新网|人民网|本[报网台]|[一-鿿]{2,8}[社网报台])[一-鿿，, ]{0,12}\d{1,2}月\d{1,2}日[电讯]?"
    r"\s?(?:[（(][^（()）]{2,40}[）)])?\s?[电讯]?"
)


def is_reporter(line: str) -> bool:
    """Returns whether the line says who reported or wrote, each name behind a blank: 本报记者 陆远 通讯员 白小雨."""
    if len(line) > _LONGEST_FORM:
        return False
    words = [word for word in _BETWEEN_REPORTERS.split(line.strip(_REPORTERS_SIGNS)) if word]
    kinds = [bool(_REPORTER.fullmatch(word)) for word in words]
    if len(words) < 2 or not kinds[0] or kinds[-1]:
        return False
    return all(kind or _REPORTERS_NAME.fullmatch(word) for kind, word in zip(kinds, words, strict=True))


def is_occasion(line: str) -> bool:
    """Returns whether a line under the title says when, where or who.

    That is a date, （…）, ——在…会上, a label such as 地点：, a name with or without office.
    """
    if _is_half_bracketed(line) or (len(line) <= _LONGEST_OFFICE and _OFFICE.fullmatch(line)):
        return True
    others = (_PLACE, _ORGANISATION, _OFFICE_OF, _IN_HEAVY_BRACKETS)
    beside = len(line) <= _LONGEST_BRACKETED and any(pattern.fullmatch(line) for pattern in others)
    return beside or _is_aside(line) or _is_loose_name(line) or is_row_of_names(line)


def is_surely_occasion(line: str) -> bool:
    """Returns whether a line says when, where or who wherever it stands: above the title, or between two lines
    that make one title."""
    return _is_aside(line)


def is_form_line(line: str) -> bool:
    """Returns whether the line is an entry of a form with a known label (地点：…, 对象：…), and no paragraph."""
    label = read_label(line)
    if label is None or label.kind in (LabelKind.TITLE, LabelKind.BODY):
        return False
    if label.word in _MAY_BEGIN_PARAGRAPH and line.endswith(("。", "！", "？")):
        return False
    # 对象：… can begin a long paragraph, too; 参会人员：… can be a long row of names.
    longest = _LONGEST_FORM if "。" in line else _LONGEST_ROW
    return len(line) <= longest and not (len(line) > _SHORT_SENTENCE and line.endswith("。"))


def is_of_series(line: str) -> bool:
    """Returns whether the line says which speech of a series it is: 安全生产讲话之一."""
    return len(line) <= _LONGEST_BRACKETED and bool(_OF_SERIES.fullmatch(line))


def is_organisation(line: str) -> bool:
    """Returns whether the line is the name of an office or an authority and nothing else: 县水利局, 松坪镇党委."""
    return len(line) <= _LONGEST_OCCASION and bool(
        _ORGANISATION.fullmatch(line) or _OFFICE_OF.fullmatch(line)
    )


def is_meeting(line: str) -> bool:
    """Returns whether a line only names the meeting: 在松坪乡路灯管护推进会上."""
    return bool(_MEETING.fullmatch(line))


def is_whole_in_brackets(line: str) -> bool:
    """Returns whether all of a line stands in one pair of round brackets: （根据录音整理）."""
    inner = line[1:-1]
    return (
        2 < len(line) <= _LONGEST_BRACKETED
        and line[0] in "（("
        and line[-1] in "）)"
        and not any(bracket in inner for bracket in "（()）")
    )


def is_unknown_entry(line: str) -> bool:
    """Returns whether a line under the title has the shape of a form's entry whose label isn't known (服务片区：东坡)
    and is no sentence."""
    return bool(_UNKNOWN_LABEL.fullmatch(line)) and not line.endswith(("。", "！", "？", "；", "：", ":"))


def is_paragraph(line: str) -> bool:
    """Returns whether the line is a paragraph of the speech: a long sentence, no editor's note, no entry of a
    form and nothing in brackets."""
    return (
        len(line) > SHORTEST_PROSE
        and line.endswith(("。", "！", "？"))
        and not is_note(line)
        and not is_about_the_text(line)
        and not is_form_line(line)
        and not is_whole_in_brackets(line)
    )


_VISIT = re.compile(
    r"[^—―─－-]{2,40}(?:——|――|──|－－|--|—)(?:访|专访|走访|对话|对谈|走近|记|追记|致|写给|与|和).{2,40}"
)
"""The title of an interview or a portrait on one line: 守渠的人——访退休渠长方大川."""


def _is_aside(line: str) -> bool:
    is_portrait = not dash_before(line) and bool(_VISIT.fullmatch(line))
    return not is_portrait and _stands_beside_title(line)


def _stands_beside_title(line: str) -> bool:
    if dash_before(line) or is_bare_date(line) or is_day_of_year(line) or is_about_the_text(line):
        return True
    if is_form_line(line) or (len(line) <= _LONGEST_FORM and _LABELLED.match(line)):
        return True
    if len(line) <= _LONGEST_BRACKETED and (
        _BRACKETED.match(line) or _OF_A_PAPER.fullmatch(line.replace(" ", ""))
    ):
        return True
    # 拟稿：周文 核稿：罗小满, 已阅, as an office's registry writes on a text
    if _says_where_from(line) or is_registry_row(line):
        return True
    # 方大川（2025年3月18日） is an occasion, 2025年3月18日在年中工作会上的讲话 a title.
    if len(line) <= _LONGEST_OCCASION and first_date([line]) and not _is_dated_title(line):
        return True
    if len(line) > _LONGEST_OCCASION or ends_like_title(set_close(line)):
        return False
    if len(line) <= _LONGEST_SPEAKER and _SPEAKER.match(line):
        return not _talks_with_somebody(line)
    return bool(speaker_in(line))


def _talks_with_somebody(line: str) -> bool:
    """Returns whether what looks like an office and a name is an interview's title: 对话松坪镇党委书记：路灯的八年."""
    _, colon, behind = line.replace("：", ":").partition(":")
    # A name has four characters at most, or dots between its parts; ××× stands for any.
    words = bool(colon) and _NO_NAME.search(behind.strip()) is not None
    return words or bool(_INTERVIEW.match(line))


def _says_where_from(line: str) -> bool:
    """Returns whether the line says who wrote the text down, in which paper, or of which series it is."""
    return is_byline(line) or _is_of_a_paper(line) or is_of_series(line)


def _is_of_a_paper(line: str) -> bool:
    """Returns whether a newspaper writes the line above or under a title: its reporters, or its dateline."""
    return is_reporter(line) or (len(line) <= _LONGEST_FORM and bool(_DATELINE.fullmatch(line)))


def _is_half_bracketed(line: str) -> bool:
    """Returns whether a line opens a bracket that a line below closes, or closes one: （在年中会上的讲话， /
    2025年3月18日）."""
    if len(line) > _LONGEST_BRACKETED:
        return False
    opened, closed = sum(map(line.count, "（(")), sum(map(line.count, "）)"))
    return (opened > closed and line[0] in "（(") or (closed > opened and line[-1] in "）)")


def _is_dated_title(line: str) -> bool:
    """Returns whether a line with a date in it is a title: 在渠边的讲话（2025年3月18日）."""
    rest = without_dates(line).rstrip("（()）〔〕[] ")
    return bool(SPEECH_WORD.search(line[-4:])) or ends_like_title(rest)


def _is_loose_name(line: str) -> bool:
    """Returns whether a line is as long as a name and begins with a surname; the dictionary may know it as a
    name (高峰), but not as something else (方向)."""
    return (
        bool(_NAME_LIKE.fullmatch(line))
        and not is_other_word(line)
        and begins_with_surname(line)
        and not ends_like_title(set_close(line))
    )

"""Reads who gave a speech from the lines around its title, where that is sure: 乡党委书记 卞青禾, 主讲：方大川.

A name is two to four Han characters that begin with a surname, or parts with a dot between (阿依·古丽). Beside an
office or behind a label that is enough; alone on its line it must not be a word of the dictionary either. Names
that are masked (×××, 方某某), organisations and rows of several names are no speaker. All examples in the comments
are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rjieba

from jianggao.parsing.dashes import dash_before
from jianggao.parsing.dates import without_dates
from jianggao.parsing.labelled_lines import LabelKind, kind_of_label, labelled_speakers, read_label
from jianggao.parsing.surnames import BEGIN_WORDS, DOUBLE_SURNAMES, SURNAMES, is_familiar_name
from jianggao.parsing.title_parts import named_before_speech, without_addition
from jianggao.parsing.volume_labels import is_label_not_name
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified

_OFFICES = (
    "书记|县长|市长|省长|区长|镇长|乡长|州长|旗长|村长|组长|队长|班长|团长|连长|营长|排长|师长|军长|局长|厅长|司长|部长"
    "|主任|主席|总理|校长|院长|园长|会长|处长|科长|股长|所长|秘书长|董事长|董事|总经理|经理|总裁|总监|委员|常委|政委|司令员"
    "|司令|馆长|站长|社长|厂长|矿长|场长|台长|行长|庭长|署长|关长|总编辑|总编|主编|导演|教授|研究员|院士|博士|讲师"
    "|教师|老师|教员|班主任|辅导员|医生|医师|护士长|护士|律师|法官|检察长|检察官|工程师|设计师|技师|农艺师|会计师|总工程师|总工|代表"
    "|理事长|理事|监事长|指挥长|指挥|支队长|大队长|中队长|总队长|专员|巡视员|调研员|督学|宣讲员|干事|助理|顾问|秘书|负责人"
    "|带头人|支书|学生|学员|队员|职工|员工|村民|网格员|党员|干部|劳模|企业家|创始人|召集人|发言人|主持人|同志|大使|领事|参事|主委|党代表"
)
_LONGEST = 60
"""Characters of a line that a speaker is looked for in."""
_HAN = r"[一-鿿㐀-䶿]"
OFFICE = re.compile(rf"(?:{_OFFICES})(?:[（(][^（()）]{{1,20}}[）)])?")
_OFFICE_LAST = re.compile(rf"(?:{_OFFICES})$")
_ORGANISATION = re.compile(
    r"(?:县|市|省|区|镇|乡|村|社区|局|厅|部|委|办|办公室|中心|公司|集团|学校|中学|小学|大学|学院|医院|团|工会|妇联|商会|场|支部|党委|党组|总支|政府"
    r"|协会|学会|联合会|合作社|银行|支队|大队|中队|站|所|院|厂|社|队|组|班|级|系|科|处|馆|署|庭|园|街道|总队|服务区|车间|工段)$"
)
_PLACE_END = frozenset("县市区乡镇村局委办会组院校厂社队部司处科所站馆园街场州省旗厅课篇章稿纲词辞")
"""What ends the name of a place, an organisation or a part of a text, and hardly that of a person."""
PLACE_END = re.compile(
    r"(?:礼堂|会议室|会议厅|报告厅|多功能厅|会场|大厅|广场|宾馆|会堂|党校|村部|演播厅|体育馆|操场|文化站|活动室|展厅|剧院|影院)$"
)
"""What the name of a place ends with where people come together."""
_MASK = re.compile(r"[×xX*＊某〇○□]")
_DOTTED = re.compile(rf"{_HAN}{{1,8}}(?:[·•・‧∙･．]{_HAN}{{1,8}}){{1,4}}")
# 路不远, 门开着, 钱少了
_NO_GIVEN_NAME = re.compile(r"[不了么着过什太的是在有就都也很把被让这那哪谁难至多少下]")
_DOT = re.compile(r"[·•・‧∙･．]")
_POLITE_FIRST = re.compile(
    r"同志|先生|女士|老师|教授|博士|院士|同学|校长|书记|师傅|[，,]?(?:没有念稿|在.{2,30}讲)"
)
_POLITE = re.compile(r"(?:同志|先生|女士|老师|教授|博士|院士|同学|书记员)$")
_BEHIND_TITLE = re.compile(r"[（(]([^（()）]{2,30})[）)]$")
_BLANK_INSIDE = re.compile(r"\s+")
_EDGES = " ：:,，、|｜-—–―─－·。．.;；"
_NO_SPEAKER = re.compile(
    r"佚名|匿名|不详|本刊|本报|本站|编辑部|编者|整理|记录|主持|根据|录音|来源|网络|供稿|转载|admin|记者$"
)
# ——与新任村干部谈公道, ——写给支书罗大山: whom it was for
_TO_SOMEBODY = re.compile(r"[与和同致给记访送寄赠向为对]|写给|献给|追记|纪念|怀念|悼念|学习|专访|采访|走近")
# 方大川 2025年4月2日于松坪镇
_AT_A_PLACE = re.compile(r"[\s(（]+[于在][^\s]{2,20}$")
# Roles at a wedding or a funeral: 新娘父亲 方大川
_OF_A_FAMILY = re.compile(
    r"(?:(?:新郎|新娘|逝者|学生|孩子|寿星)(?:的)?(?:父亲|母亲|爸爸|妈妈|家长|伯父|舅舅|叔叔|姑姑|爷爷|奶奶|兄长|长子|长女|哥哥|姐姐)?"
    r"|(?:证婚|主婚|介绍|见证)人|伴郎|伴娘|长子|长女|家属代表)[\s：:]\s?(?=[^\s：:])"
)
# （县长方大川，根据录音整理）
_WRITTEN_DOWN = re.compile(
    r"[，,；;]\s?(?:(?:根据|据|依|按)[^，,。]{0,12}(?:录音|速记|记录)[^，,。]{0,8}整理|未经?本?人?审[阅定核]|录音整理)[^。]{0,16}$"
)
_HAN_FIRST = re.compile(_HAN)
_MOST_NAMES = 5
_LONGEST_OFFICE = 5
_RUN_IN_LABEL = re.compile(
    r"(?:发布|发表|更新|上传|讲话|演讲)?(?:时间|日期)[：:]|(?:来源|编辑|阅读|浏览|点击|单位|地点)[：:]"
)
_CLASS = re.compile(r"[一-鿿\d（）()·.级]{2,20}班")
# 文/罗小满, 整理/周文
_BY = re.compile(
    r"(文字?|撰文|作者|演讲|主讲|讲述|口述)?"
    r"(?:图|整理|摄影|图文|编辑|记录|采写|采访|通讯员|记者|翻译|制图|视频|来源|责编|审核|校对|排版|设计|监制|统筹|[初复终]审)?"
    r"\s?[/／丨｜|]\s?(?=[一-鿿]{2,8}(?:\s|$|·))"
)
_SIGN_BEFORE = re.compile(r"[◎□■●◆○△▲☆★※◇@]\s?")
_WRITTEN = re.compile(rf"({_HAN}{{2,4}}) (?:著|作|文|口述|讲述|讲)")
_OTHER_PART = re.compile(r"^(?:主持人?|记录人?|整理人?|编辑|审核|校对|撰稿)\s*[：:]")


def find_speaker(lines: Iterable[str], title: str = "", placed: str = "") -> str:
    """Returns the speaker's name, without office and blanks, "" where it isn't sure.

    `lines` are those beside the title. A labelled speaker (主讲：方大川) goes before the author (作者：罗小满), both
    before a name on a line of its own, that before one that only its place shows to be one (`placed`), and that
    before one inside the title (方大川同志在年中会上的讲话).
    """
    lines = [line for line in lines if len(line) <= _LONGEST]
    for line, label in labelled_speakers(lines):
        # 作者：云麓中学团委 put the text up, 作者：办公室小方 wrote it: 主讲：方大川 or a name may stand below.
        value = line[label.length :]
        if not _is_group(value) and not is_familiar_name(value.strip()):
            return _as_written(_one_person(_value(simplified(line), label.length), beside=True), line)
    for line in lines:
        if name := speaker_in(line):
            return name
    if placed:
        return placed.replace(" ", "")
    # 方大川：让路灯亮到村口
    before, colon, _ = title[:_LONGEST].replace("：", ":").partition(":")
    if colon and len(before) > 2:
        # 镇长方大川：让路灯亮到村口
        office = next(iter(OFFICE.findall(simplified(before))), "")
        name = _one_person(simplified(before), beside=False) if office else ""
        if name or is_name(before, beside=False):
            return _as_written(name, before) or before
    return _as_written(_inside(without_addition(simplified(title[: _LONGEST * 2]))), title)


def _is_group(name: str) -> bool:
    """Returns whether what stands behind a label is an organisation: 云麓中学团委."""
    name = simplified(name.strip())
    # A paper that signs for its editors (本刊编辑部) says that nobody is named.
    if " " in name or _NO_SPEAKER.search(name):
        return False
    return bool(_ORGANISATION.search(name)) and not is_name(name, beside=True)


def confirmed_author(bylines: Iterable[str], notes: Iterable[str]) -> str:
    """Returns the author whom a page names (原创 方大川 渠水之声) and whom an editor's note names as the one who
    spoke, with an office or politely (校长方大川没有念稿), "" where there is none."""
    noted = "".join(note[: _LONGEST * 5] for note in notes)
    for line in bylines:
        word, _, rest = line[:_LONGEST].partition(" ")
        name = rest.split(" ")[0]
        if word != "原创" or not is_name(name, beside=True) or name not in noted:
            continue
        before, _, behind = noted.partition(name)
        office = _OFFICE_LAST.search(before[-_LONGEST_OFFICE:])
        if (office and not _NO_SPEAKER.search(office[0])) or _POLITE_FIRST.match(behind):
            return name
    return ""


@remembered
def speaker_in(line: str) -> str:
    """Returns the name in a line that says who speaks, as it is written there without its blanks; "" for any
    other line or where it isn't sure."""
    return _as_written(_speaker_in(simplified(line)), line) if len(line) <= _LONGEST else ""


def _as_written(name: str, line: str) -> str:
    """Returns a name that was read from a line's simplified characters in those of the line."""
    if not name or name in line:
        return name
    letters = _BLANK_INSIDE.sub("", line)
    at = simplified(letters).find(name)
    return letters[at : at + len(name)] if at >= 0 else name


def _speaker_in(line: str) -> str:
    if _OTHER_PART.match(line):
        return ""
    line = _unbracketed(line)
    line = _WRITTEN_DOWN.sub("", line)
    label = read_label(line)
    if label is not None:
        is_speaker = label.kind is LabelKind.SPEAKER
        return _one_person(_value(line, label.length), beside=True) if is_speaker else ""
    word, blank, name = line.partition(" ")
    if blank and kind_of_label(word) is LabelKind.SPEAKER:
        return _one_person(name, beside=True)  # 作者 方大川
    by = _BY.match(line)
    if by is not None:
        # 文/罗小满 names who speaks, 整理/周文 doesn't.
        return _one_person(line[by.end() :].split(" ")[0], beside=True) if by[1] else ""
    sign = _SIGN_BEFORE.match(line)
    start = sign.end() if sign else dash_before(line)
    inner = _unbracketed(without_dates(line[start:])).strip(_EDGES)
    if written := _WRITTEN.fullmatch(inner):
        inner = written[1]  # 罗小满 著
    # Without a dash before it 县长方大川在年中会上的讲话（摘要） is a title, which no line says who speaks beside.
    return _one_person(inner, beside=False) or _inside(without_addition(inner) if start else inner)


def _value(line: str, length: int) -> str:
    """Returns what stands behind a label that takes `length` characters, up to a label that has run into it:
    作者：方大川发布时间：2025-04-02."""
    return _RUN_IN_LABEL.split(line[length:], maxsplit=1)[0]


def is_byline(line: str) -> bool:
    """Returns whether the line is a byline with a sign before a name: 文/罗小满, 整理/周文, ◎ 罗小满."""
    if len(line) > _LONGEST:
        return False
    line = simplified(line)
    sign = _SIGN_BEFORE.match(line)
    return _BY.match(line) is not None or (sign is not None and bool(speaker_in(line[sign.end() :])))


def is_name(text: str, *, beside: bool) -> bool:
    """Returns whether the text is one person's name.

    `beside` says that an office or a label stands beside it; without, a name must not be a word that the
    dictionary knows (安全, 方向).
    """
    text = simplified(text)
    if _MASK.search(text) or is_label_not_name(text, beside=beside):
        return False
    if _DOTTED.fullmatch(text):
        # 感恩·前行 is a motto.
        return beside or not is_other_word(_DOT.split(text)[0])
    if not re.fullmatch(rf"{_HAN}{{2,4}}", text):
        return False
    double = text[:2] in DOUBLE_SURNAMES and len(text) >= 3
    if not double and (text[0] not in SURNAMES or len(text) > 3):
        return False
    if text[-1] in _PLACE_END or _POLITE.search(text) or _OFFICE_LAST.search(text):
        return False
    if not beside and _NO_GIVEN_NAME.search(text):
        return False
    return beside or (not _is_word(text, double) and (double or text[0] not in BEGIN_WORDS))


def is_other_word(text: str) -> bool:
    """Returns whether the dictionary knows the text, and as no name: 方向, but not 高峰."""
    text = simplified(text)
    return rjieba.cut(text, False) == [text] and not rjieba.tag(text)[0][1].startswith("nr")


def is_known_name(text: str) -> bool:
    """Returns whether the dictionary knows the text, and as a name."""
    return rjieba.cut(text, False) == [text] and not is_other_word(text)


def _is_word(text: str, double: bool) -> bool:
    """Returns whether the dictionary knows the text, or its first two characters as something else than a
    name. `double` says that these are a surname."""
    if len(text) == 2 and text[1] == "年":  # 牛年
        return True
    if rjieba.cut(text, False) == [text]:
        return True  # many of its words are tagged as names: 高素质
    return not double and len(text) > 2 and is_other_word(text[:2])


@remembered
def is_row_of_names(line: str) -> bool:
    """Returns whether the line holds several names and nothing else: 周文 罗小满."""
    names = [name for name in re.split(r"[\s、，,]+", line[:_LONGEST]) if name]
    return 1 < len(names) <= _MOST_NAMES and all(
        len(name) > 1 and is_name(name, beside=False) for name in names
    )


def _one_person(text: str, *, beside: bool) -> str:
    """Returns the one name in a line's text, "" if there is none, or more than one."""
    text = _AT_A_PLACE.sub("", without_dates(text)).strip(_EDGES)
    if re.fullmatch(rf"{_HAN}(?: {_HAN}){{3,}}", text):
        text = text.replace(" ", "")  # 县 长 周 文
    if beside and is_name(text, beside=True):
        return text  # 和志远: behind a label 和 begins a name
    if not text or _NO_SPEAKER.search(text) or _TO_SOMEBODY.match(text) or is_row_of_names(text):
        return ""
    for name, sure in _readings(text, beside):
        name = _BLANK_INSIDE.sub("", _POLITE.sub("", name.strip(_EDGES)))
        # 方同志 and 王老师 have lost their given name.
        if is_name(name, beside=sure):
            return name
    return ""


def _readings(text: str, beside: bool) -> Iterator[tuple[str, bool]]:
    """Yields what may be the name in a text, each with whether an office or a label stands beside it."""
    # 方大川（县委书记） and 县委书记（方大川）
    bracketed = _BEHIND_TITLE.search(text)
    if bracketed:
        before, inside = text[: bracketed.start()].strip(), bracketed[1].strip()
        yield before, beside or bool(_OFFICE_LAST.search(inside) or _ORGANISATION.search(inside))
        if _OFFICE_LAST.search(before):
            yield inside, True
        text = before
    yield from _behind_role(text)
    # 方 川, 方大川同志
    if re.fullmatch(rf"{_HAN} {_HAN}{{1,2}}|{_HAN}(?: {_HAN}){{1,3}}|\S+", text):
        # Spaced out, a name that the dictionary knows is no word of a sentence.
        spaced = " " in text and is_known_name(_BLANK_INSIDE.sub("", text))
        yield text, beside or spaced or _POLITE.search(text) is not None
    yield from _behind_office(text, beside)
    # 方大川，县委书记
    name, comma, rest = text.replace("，", ",").partition(",")
    if comma and _OFFICE_LAST.search(rest):
        yield name, True
    yield from _between_blanks(text, beside)


def _between_blanks(text: str, beside: bool) -> Iterator[tuple[str, bool]]:
    """Yields what stands before or behind a blank, beside an office, a place or an organisation."""
    parts = text.split(" ")
    # 方大川 县委书记, 方大川 三楼会议室
    if len(parts) > 1 and _OFFICE_LAST.search(text):
        yield parts[0], True
    elif len(parts) > 1 and (PLACE_END.search(text) or _ORGANISATION.search(text)):
        yield parts[0], beside
    # 高二（5）班江雨桐
    if beside and (of_class := _CLASS.match(text)):
        yield text[of_class.end() :], True
    # 县水利局 方大川, 县水利局 方 川, and behind a label 宣讲团成员 方大川
    for first in range(1, min(len(parts), _MOST_NAMES)):
        if beside or _ORGANISATION.search("".join(parts[:first])):
            yield "".join(parts[first:]), beside


def _behind_role(text: str) -> Iterator[tuple[str, bool]]:
    """Yields what stands behind a role in a family (新娘父亲 方大川), and 欧阳 静 with its blank."""
    family = _OF_A_FAMILY.match(text)
    if family:
        yield text[family.end() :], True
    if text[:2] in DOUBLE_SURNAMES and re.fullmatch(rf"{_HAN}{{2}} {_HAN}{{1,2}}", text):
        yield text, True


def _behind_office(text: str, beside: bool) -> Iterator[tuple[str, bool]]:
    """Yields what stands behind each office, the last one first: 县委书记、县长 方大川, 国务院副总理方大川."""
    for office in reversed(list(OFFICE.finditer(text[:_LONGEST]))):
        rest = text[office.end() :]
        # Without a sign between them the name must be none of the dictionary's words (老干部谈基层), or a name
        # that it knows (国务院总理 and then the name of a famous one).
        is_known = rjieba.cut(rest, False) == [rest] and not is_other_word(rest)
        sure = beside or is_known or not _HAN_FIRST.match(rest) or _POLITE.search(rest) is not None
        yield rest, sure


def _unbracketed(text: str) -> str:
    """Returns the text without brackets around all of it, and without empty ones that a date has left."""
    text = re.sub(r"[（(〔\[【]\s*[）)〕\]】]", "", text).strip()
    is_whole = text != "" and text[0] in "（(〔[【" and text[-1] in "）)〕]】"
    return text[1:-1].strip() if is_whole else text


def _inside(title: str) -> str:
    """Returns the speaker whom a title or subtitle names: 方大川同志在年中会上的讲话, else ""."""
    before, polite = named_before_speech(title)
    office = list(OFFICE.finditer(before))
    name = _BLANK_INSIDE.sub("", before[office[-1].end() :] if office else before)
    # Two characters before 在 are a word more often than a name: 方案在…
    sure = polite or bool(office)
    return name if is_name(name, beside=sure) and (len(name) > 2 or sure) else ""

"""Recognises who speaks in minutes and interviews: 问： 答： 记者： 张某： 【主持人】.

Such labels are no headings, but a text is best cut before them. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jianggao.text.numerals import NUMERAL

_LONGEST_LABEL = 16
_ASKS = r"问|提问|追问|设问|Q|记者|主持人?|采访者|访谈员|网友|观众|听众|提问者|现场提问|媒体|学员|同学"
_SPEAKS = (
    rf"{_ASKS}|答|回答|答复|A|嘉宾|受访者|发言人|专家|代表|委员|众|老[一-鿿]|小[一-鿿]"
    r"|[一-鿿]{1,2}[某×]{1,2}|[×某]{2,3}"
    r"|[一-鿿×某]{1,6}?(?:书记|[县乡镇村区市]长|主任|局长|院长|校长|教授|老师|师傅|大爷|大娘|大叔|经理|主席|组长"
    r"|队长|支书|会计|站长|所长|科长)"
)
# 网友甲：, 记者（渠水日报）：, 主持人方某：, 【记者】, Q1：
_BEHIND = (
    r"(?:[一二三四五六七八九十甲乙丙丁\d]{0,3}|[（(][^（()）]{1,10}[）)]|[×某一-鿿]{1,3}?)"
    r"\s?(?:[】\]]\s*[：:]?|[：:])"
)
_ASKER = re.compile(rf"[【\[]?(?:{_ASKS}){_BEHIND}")
_SPEAKER_LABEL = re.compile(rf"[【\[]?(?:{_SPEAKS}){_BEHIND}")
# 方大川：, 方大川（东坡村会计）：
_NAME_LABEL = re.compile(
    rf"([一-鿿·]{{2,4}})(?P<office>[（(](?![{NUMERAL}\d]{{1,3}}[）)])[^（()）：:]{{2,20}}[）)])?[：:]"
)
_OFFICE = re.compile(
    r"(?:代表|书记|[县市区省乡镇村局校院所站处科厂行社队班组会部]长|主[任席]|经理|教授|老师|委员|[人队党会社职]员|[师农客用]户|户"
    r"|[工律医厨]师|师傅|总|会计|顾问|[局厅委办校院所站]|公司|中心|[村镇乡县市区])[）)]"
)
# 窗口小方：, 东坡老方：, but not 中小学：
_FAMILIAR_NAME = re.compile(r"[一-鿿]{2,4}(?:(?<![中大最从较缩微弱])小|(?<![养敬尊])老)[一-鿿][：:]")
_BRACKETED_NAME = re.compile(r"[【\[［][一-鿿×·]{2,4}[】\]］]")
_LONGEST_NAME_LABEL = 32
_FEWEST = 2
"""So many paragraphs with a label make an interview; one alone is a quotation."""


def is_speaker_line(line: str) -> bool:
    """Returns whether the line begins with the label of somebody who speaks."""
    return bool(_SPEAKER_LABEL.match(line[:_LONGEST_LABEL]))


def bracketed_speakers(lines: Sequence[str]) -> set[str]:
    """Returns the lines such as 【方大川】 that name who speaks: where one comes again and again, all are names."""
    times = Counter(line for line in lines if _BRACKETED_NAME.fullmatch(line))
    return set(times) if any(count > 1 for count in times.values()) else set(filter(is_speaker_line, times))


def speaker_lines(paragraphs: Sequence[str]) -> set[int]:
    """Returns the paragraphs that begin with who speaks: a label, or a name (方大川：, 方大川（会计）：) that comes
    again.

    Where several speak, names with an office count once they are two, and familiar ones (窗口小方：) at all.
    """
    names = _names(paragraphs)
    times = Counter(names)
    bracketed = bracketed_speakers(paragraphs)
    labelled = {at for at, paragraph in enumerate(paragraphs) if is_speaker_line(paragraph)}
    in_office = _with_office(paragraphs)
    labelled |= in_office if len(in_office) >= _FEWEST else set()
    spoken = labelled | {
        at
        for at, (paragraph, name) in enumerate(zip(paragraphs, names, strict=True))
        if paragraph in bracketed
        or (name and times[name] >= _FEWEST)
        # 方阿婆：我家的灯谁来修？ / 答：… asks once, among others.
        or (name and paragraph.endswith(("？", "?")) and at + 1 in labelled)
    }
    if len(spoken) < _FEWEST:
        return spoken
    return spoken | {at for at, paragraph in enumerate(paragraphs) if begins_with_familiar_name(paragraph)}


def begins_with_familiar_name(line: str) -> bool:
    """Returns whether the line begins with what somebody is called where everybody knows them: 窗口小方：."""
    return bool(_FAMILIAR_NAME.match(line[:_LONGEST_LABEL]))


def _with_office(paragraphs: Sequence[str]) -> set[int]:
    """Returns the paragraphs that begin with a name and an office in brackets: 方大川（东坡村会计）：."""
    beginnings = (_NAME_LABEL.match(paragraph[:_LONGEST_NAME_LABEL]) for paragraph in paragraphs)
    return {
        at
        for at, match in enumerate(beginnings)
        if match and match["office"] and _OFFICE.search(match["office"])
    }


def _names(paragraphs: Sequence[str]) -> list[str]:
    """Returns what each paragraph has before a colon at its beginning, if it can be a name, else ""."""
    beginnings = (_NAME_LABEL.match(paragraph[:_LONGEST_NAME_LABEL]) for paragraph in paragraphs)
    return [match[1] if match else "" for match in beginnings]


def begins_turn(paragraphs: Sequence[str]) -> list[bool]:
    """Returns for each paragraph whether somebody's turn begins there, best a question's.

    What stands up to the next one belongs together: a question with its answer, or what one person says in a
    meeting. All are False where nobody takes turns.
    """
    asked = [bool(_ASKER.match(paragraph[:_LONGEST_LABEL])) for paragraph in paragraphs]
    if sum(asked) >= _FEWEST:
        return asked
    spoken = speaker_lines([paragraph.strip() for paragraph in paragraphs])
    return [len(spoken) >= _FEWEST and at in spoken for at in range(len(paragraphs))]

"""Finds what those who work on a draft write into it for one another: 【此处请镇里核实】, 〔修改意见：…〕, 待办：….

Nobody speaks these words, but they are no notices either: they stay and are told. What says how a speech went
（掌声）, or what a speaker shows （播放短片）, is none. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jianggao.parsing.registry_rows import is_registry_row
from jianggao.parsing.speaker import is_name
from jianggao.text.simplified import simplified

_LONGEST = 200
_MOST_TOLD = 20
_LAST_LINES = 12
_PERSON = r"(?:[小老][一-鿿]{1,2}|[一-鿿]{1,3}(?:科长|处长|主任|局长|秘书|编辑|老师|部长|书记|总)|[一-鿿]{2,6}[科室办处])"
# 编注：…, 小李注：…, 修改意见：…, 批注[王1]：…
_LABELLED = re.compile(
    rf"(?:(?:编|校|批|审|改|撰稿|起草)(?:者|人)?注|{_PERSON}(?:注|批注|备注|意见|按|改|问|批)|批注\s?[\[（(【]?[\w\s]{{0,10}}[\]）)】]?"
    r"|(?:修改|审稿|审核|领导|会签)(?:意见|建议|说明)|待(?:办|核|查|补|定|改)(?:事项)?|(?i:todo)|Comment(?:ed)?\s?\[[\w\s]{1,10}\])"
    r"\s?[：:]\s?\S.*"
)
_NAMED = re.compile(r"([一-鿿]{2,4}?)(?:批注|注|意见|批)\s?[：:].+")
_PLACE = (
    r"(?:此处|这里|此段|这段|这一段|此句|这句话?|此数|该数|该段|本段|上段|下段|此页|此节|这个数字?|此数据)"
)
_DRAFTS_WORK = re.compile(
    # 此处请镇里核实, 这里停顿，看是否有掌声, 此处播放短片
    rf"{_PLACE}.{{0,40}}(?:请|待|需|核|查|补|改|删|停(?!了)|等掌声|插入|插播|播放|展开|确认|斟酌|举例|脱稿|存疑|口径|暂缺|留白|是否)(?:.{{0,40}})"
    # 请水利局补充数据, 数字待核
    r"|(?:烦)?请(?!大家|各位|审议|同志|代表).{1,20}?(?:核实|核对|核定|复核|核准|补充|确认|提供|修改|斟酌|把关|校对|再核|再定|补一下|补数)(?:.{0,20})"
    r"|.{0,30}待(?:核实?|核对|核定|查|补充?|定|确认|更新|完善|落实)(?:[，,].{0,30})?"
    # 数字以水利局6月底口径为准
    r"|.{2,30}以.{2,30}(?:口径|数据|数字|版本|定稿|正式文件)为准"
    r"|(?:数字|数据|人名|地名|日期|时间|职务|排名|例子|案例)(?:请|需|要|再)?.{0,6}(?:核实|核对|补充|更新|替换|确认|存疑|有误|换一个)(?:.{0,20})"
    r"|(?:可|建议|是否|拟|或)(?:考虑)?(?:删去?|改为|调整|合并|前移|后移|略去|不讲).{0,30}"
)
_ASKS_TO_CHECK = re.compile(
    r"[请需待须].{0,12}(?:核[实对准定]|查[证实对]|校对|补充|更新|确认|修改)|^(?:核[实对]|补充|查证)"
)
_IN_BRACKETS = re.compile(
    r"【([^【】]{2,120})】|〔([^〔〕]{2,120})〕|[\[［]([^\[\]［］]{2,120})[\]］]|[（(]([^（()）]{2,120})[）)]"
)
_SPOKEN = re.compile(r"我|咱|大家|感谢|同志们|各位")
"""Words of the speaker in brackets: 我说的是亩数, 这里要感谢老书记."""
_OF_THE_HALL = re.compile(r"掌声|鼓掌|笑声|起立|欢呼|插话|音乐|奏乐|国歌")
_BETWEEN_CLAUSES = re.compile(r"[，。！、,\s]+")
_LONGEST_CLAUSE = 14


def is_draft_remark(line: str) -> bool:
    """Returns whether a whole line is a remark of those who work on a draft, in brackets or behind its label."""
    if not line or len(line) > _LONGEST:
        return False
    written = simplified(line)
    inside = _IN_BRACKETS.fullmatch(written)
    if inside is not None:
        return _is_remark(next(filter(None, inside.groups())))
    return _LABELLED.fullmatch(written) is not None


def is_work_on_draft(text: str) -> bool:
    """Returns whether words say what is to be done for a draft: 亩数请水利站核实, 此处补一个例子."""
    return bool(_DRAFTS_WORK.fullmatch(text) or _ASKS_TO_CHECK.search(text)) and not _SPOKEN.search(text)


def draft_remarks(body: Sequence[str]) -> Iterator[str]:
    """Yields the lines of a body that are remarks on the draft, and the registry's rows at its end."""
    for at, line in enumerate(body):
        if is_draft_remark(line) or (at and at >= len(body) - _LAST_LINES and is_registry_row(line)):
            yield line


def remarks_inside(body: Sequence[str]) -> list[str]:
    """Returns the remarks on the draft that stand within a paragraph, in their brackets."""
    found: dict[str, None] = {}
    for line in body:
        if len(found) >= _MOST_TOLD or is_draft_remark(line):
            continue
        for bracket in _IN_BRACKETS.finditer(line):
            inner = simplified(next(filter(None, bracket.groups())))
            if bracket[0] != line and _is_remark(inner):
                found[bracket[0]] = None
    return list(found)


def _is_remark(inner: str) -> bool:
    """Returns whether what stands in brackets is a remark: 此处请镇里核实, 小李注：数字待核, but not 掌声."""
    if _SPOKEN.search(re.split(r"[：:]", inner, maxsplit=1)[0]) or _is_of_the_hall(inner):
        return False
    if _LABELLED.fullmatch(inner) or _DRAFTS_WORK.fullmatch(inner):
        return True
    named = _NAMED.fullmatch(inner)
    # 王思齐注：…, but not 关注：…
    return named is not None and is_name(named[1], beside=True)


def _is_of_the_hall(inner: str) -> bool:
    """Returns whether all of a bracket says what was heard in the hall: 全场起立，长时间鼓掌."""
    clauses = [clause for clause in _BETWEEN_CLAUSES.split(inner) if clause]
    short = all(len(clause) <= _LONGEST_CLAUSE for clause in clauses)
    return short and sum(bool(_OF_THE_HALL.search(clause)) for clause in clauses) * 2 > len(clauses)

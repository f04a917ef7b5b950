"""Decodes bytes of which a few are broken, such that each costs its own character and no more.

In GB18030 and Big5 a character takes two bytes. Where one byte is lost or changed, a decoder that goes on at
the next one pairs the second half of each character with the first half of the next, up to the end of the
line. Here the line is parted into characters in the way in which it reads best.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from opencc import OpenCC

from jianggao.text.characters import BROKEN

# The commonest characters of modern Chinese and of speeches, simplified and traditional, and punctuation.
FREQUENT = frozenset(
    "的一是不了在有人这上大来和我个中地为们到说国年着就那要出也得里后自以会家可下而过天去能对小多然于心学"
    "之都好看起发当没成只如事"
    "把还用第样道想作种开总从无情己面最但现前些所同日手又行意动方期它头经长回位分老因很给名法间知世什两次"
    "使身者被高已其进此话常与活正"
    "志工政党县市民建设全各部干群众任务新改革"
    "這來個為們說國著會對後過學發當沒還樣種開總從無現動頭經長給間兩進話與黨縣設幹眾務"
    "，。、；：！？“”（）《》「」\n"
)
# Less common, but in every speech.
_COMMON_SIMPLIFIED = (
    "生定产力制度理体加强实水化机关系主本外向战关点重问题几三四五六七八九十百千万二路社区村镇乡农业企经济展"
    "安保服治基层责任落组织领导领员支书记委管查检项目标准完善推促解决措施监督考核宣传教育培训科技创院校"
    "医疗卫健康环境态绿资金投财税收入增长率提升质量效益优势特色品牌场街道居住房屋公共交通电网信息数据字平台"
    "门口条件规划计划案例结合联系思想认识精神奋斗努力坚持决信念初使命担忠诚干净廉洁纪律作风形象风险隐患防"
    "火汛灾害救急应处突演练值班报告通知文号单位今明去每月时刻半早晚夜近远快慢东西南北左右内河流山林田地土粮"
    "种植养殖肥料价格市卖买商店客户游旅花树木石桥修渠站车运输送拿走跑吃饭喝茶菜米油盐钱元角斤亩户男女孩子父母"
    "亲朋友师徒兄弟姐妹先请谢谢望相信愿祝福平等自由民族团结团队清楚白黑红黄蓝色做让叫听写读算记住张王李赵陈"
    "刘杨周吴黄徐孙胡朱何郭马罗林宋郑韩唐冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢"
)
_COMMON = frozenset(_COMMON_SIMPLIFIED + OpenCC("s2t").convert(_COMMON_SIMPLIFIED))
_BROKEN_COST = 7.0
_ASCII_COST = 0.3
_UNUSUAL_COST = 5.0
"""A character that texts hardly ever have."""
# One to three broken bytes in a row are one character that can't be read.
_RUNS = re.compile(f"{BROKEN}{{2,3}}")


def decode_broken(content: bytes, encoding: str) -> str:
    """Returns the text of bytes in `encoding` (utf-8, gb18030, big5hkscs), with U+FFFD for what is broken.

    NULs are no characters: they go, and what they stood in the place of is broken.
    """
    if encoding == "utf-8":
        return _RUNS.sub(BROKEN, content.replace(b"\0", b"").decode("utf-8", "replace"))
    # In both encodings a line end is no part of another character.
    return "\n".join(_line(line, encoding) for line in content.split(b"\n"))


def _line(line: bytes, encoding: str) -> str:
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        return _best_reading(line, encoding)
    return text if "\0" not in text else _best_reading(line, encoding)


def _best_reading(line: bytes, encoding: str) -> str:
    """Returns the text of a line with broken bytes, parted into the characters that cost the least."""
    length = len(line)
    costs = [0.0] + [float("inf")] * length
    steps = [(0, False)] * (length + 1)
    for at in range(length):
        for size, cost, is_broken in _choices(line, at, encoding):
            if costs[at] + cost < costs[at + size]:
                costs[at + size] = costs[at] + cost
                steps[at + size] = (size, is_broken)
    parts = []
    at = length
    while at:
        size, is_broken = steps[at]
        parts.append(BROKEN if is_broken else line[at - size : at].decode(encoding))
        at -= size
    return _RUNS.sub(BROKEN, "".join(reversed(parts))).replace("\0", "")


def _choices(line: bytes, at: int, encoding: str) -> Iterator[tuple[int, float, bool]]:
    """Yields how many bytes a character at a place may take, what that costs, and whether it is broken."""
    first = line[at]
    if first < 0x80:
        yield 1, 0.0 if first == 0 else _ASCII_COST, False
    else:
        yield 1, _BROKEN_COST, True
    if at + 1 < len(line) and not 0 < first < 0x80:
        # A character of which one byte was changed: both halves are worth nothing.
        if not 0 < line[at + 1] < 0x80:
            yield 2, _BROKEN_COST + _ASCII_COST, True
        for size in (2, 4) if encoding == "gb18030" else (2,):
            cost = _cost(line[at : at + size], encoding) if at + size <= len(line) else None
            if cost is not None:
                yield size, cost, False


@lru_cache(maxsize=1 << 15)
def _cost(written: bytes, encoding: str) -> float | None:
    """Returns how unusual the character is that the bytes write, None if they write none.

    The standards set the common characters before the rare ones.
    """
    try:
        character = written.decode(encoding)
    except UnicodeDecodeError:
        return None
    if len(character) != 1 or len(written) == 1 or "\0" in character:
        return None
    if character in FREQUENT:
        return 0.0
    if character in _COMMON:
        return 0.4
    if encoding == "gb18030":
        return _cost_in_gb18030(written)
    return _cost_in_big5(written)


def _cost_in_gb18030(written: bytes) -> float:
    lead, trail = written[0], written[1]
    if len(written) == 4 or trail < 0xA1:
        return _UNUSUAL_COST
    if 0xB0 <= lead <= 0xD7 or written in _MARKS_OF_GB:
        return 1.0
    return 2.5 if 0xD8 <= lead <= 0xF7 or lead in (0xA1, 0xA3) else _UNUSUAL_COST


def _cost_in_big5(written: bytes) -> float:
    lead = written[0]
    if 0xA4 <= lead <= 0xC6 or written in _MARKS_OF_BIG5:
        return 1.0
    return 2.5 if 0xC9 <= lead <= 0xF9 or 0xA1 <= lead <= 0xA3 else _UNUSUAL_COST


_MARKS = "，。、；：？！“”‘’（）《》「」『』—…·　％０１２３４５６７８９"
_MARKS_OF_GB = frozenset(mark.encode("gb18030") for mark in _MARKS)
_MARKS_OF_BIG5 = frozenset(mark.encode("big5hkscs", "ignore") for mark in _MARKS)


def decode_utf16(content: bytes, encoding: str) -> str:
    """Returns the text of UTF-16 (utf-16-le, utf-16-be) without its mark, some bytes of which may be lost.

    Behind a lost byte every character would be made of two halves. Each line is parted on its own: it begins
    where the line end before it says, and is odd where it lost a byte.
    """
    lines = content.split("\n".encode(encoding))
    return "\n".join(_utf16_line(line, encoding) for line in lines).replace("\0", "")


def _utf16_line(line: bytes, encoding: str) -> str:
    if len(line) % 2 == 0:
        return line.decode(encoding, "replace")
    # What stands before the lost byte's other half is counted from the beginning, the rest from the end.
    order: Literal["little", "big"] = "little" if encoding == "utf-16-le" else "big"
    before = [_unit_worth(line[at : at + 2], order) for at in range(0, len(line) - 1, 2)]
    behind = [_unit_worth(line[at : at + 2], order) for at in range(1, len(line), 2)]
    usual = most = sum(behind)
    lost = 0
    for at, (is_before, is_behind) in enumerate(zip(before, behind, strict=True), start=1):
        usual += is_before - is_behind
        if usual >= most:
            most, lost = usual, at
    head, rest = line[: 2 * lost], line[2 * lost + 1 :]
    return head.decode(encoding, "replace") + BROKEN + rest.decode(encoding, "replace")


def _unit_worth(unit: bytes, order: Literal["little", "big"]) -> int:
    """Returns how well two bytes read as a character: 0 for badly, 3 for one of the commonest."""
    character = chr(int.from_bytes(unit, order))
    return is_usual(character) + (character in _COMMON) + 2 * (character in FREQUENT)


def is_usual(character: str) -> bool:
    """Returns whether Chinese texts have such characters: Han, ASCII, full-width ones, punctuation."""
    return (
        " " <= character <= "~"
        or "一" <= character <= "鿿"
        or "　" <= character <= "〿"
        or "！" <= character <= "～"
        or character in "\t\r\n“”‘’—…×·"
    )

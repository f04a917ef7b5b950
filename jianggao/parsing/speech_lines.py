"""Tells how a line of a speech reads: as a sentence, as words to the audience, as part of a list or a table.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from jianggao.text.remembered_lines import remembered

IN_BRACKETS = re.compile(r"^[（(【\[](.*)[）)】\]]$")
_SENTENCE_END = re.compile(r"[。！？!?；;…][”’」』）)】》\s]{0,4}$")
_SPOKEN_BEGINNING = re.compile(
    # Thanks and wishes: 最后，再次感谢…, 祝大家…, 愿渠水长流
    r"[（(“\"]?(?:最后|在此|借此机会|再次|再一次|谢谢|感谢|多谢|鸣谢|衷心|诚挚|真诚|热忱|祝|预祝|恭祝|敬祝|愿(?!意)|希望|盼望"
    r"|相信|让我们|让咱们|我|咱|你们|同志|同学|朋友|乡亲|父老|各位(?!读者|书友|会员|订户|粉丝|网友)|大家|诸位|老师们|战友|孩子们"
    # 以上发言，仅供参考
    r"|以上(?:发言|意见|建议|看法|思考|汇报|体会|报告|讲话|几点|就是|是|所[说讲]|[一二两三四五六七八九十几]|情况|认识|观点|想法)"
    # 不妥之处请批评指正, 一家之言
    r"|不[妥当足到]|如有不[妥当]|[讲说]得不|敬请|恳请|请(?:大家|各|同志|领导|批评|审议|予以|多[提多]|代表|放心|记住|相信|把|于|到会)"
    r"|有(?:困难|问题|事|意见|需要|什么|不懂)|欢迎(?:大家|各位|领导|来宾|常来|批评|指正|提|您|你们|来(?!稿|函|电)|到(?!店))"
    r"|一家之言|一孔之见|个人(?:看法|意见|观点|体会|认为)|抛砖引玉|会后|散会|下面|今天|今后|明天|现在开[始会]|时间关系)"
)
_SPOKEN_INSIDE = re.compile(
    r"(?<!关注)(?<!联系)(?<!订阅)(?<!支持)(?<!加入)我们(?!将.{0,8}[删处撤])|(?:关注|支持)我们的"
    r"|咱们?|大家|各位(?!读者|书友|会员|订户|粉丝|网友)|同志们|乡亲|同学们|父老"
    r"|我(?=[也还就又再都想说讲看听见当在去来有会把给从的是已用要叫曾没不只]|[一-鿿]{0,2}(?:县|市|省|镇|乡|村|校|院|局|区|厂|公司|单位))"
    r"|(?:发言|意见|建议|看法|思考|汇报|体会|想法|认识|观点|数字|数据|分析|判断|介绍|经验|做法"
    r"|[讲说谈]的).{0,4}(?:仅|只)?供"
    r"|批评指正|多提(?:宝贵)?意见|不[妥当]之处"
)
_LOCAL = re.compile(
    r"群众|村民|居民|农户|牧民|渔民|合作社|社区|窗口|孩子|老人|病人|患者|学生|家长|职工|工人|企业(?!微信|号)|村里|镇里|县里|市里|局里"
    r"|[村镇乡县校厂]上|村委|村口|支部|党员|值班|会上|会议|政府|学校|医院|会后|散会|今天|昨天|祝贺|明年|今年|去年|今后|办事|热线|报修|求助|会务|[一-鿿]办公室|(?:举报|投诉|监督|信访)(?:网站|电话|邮箱|平台|信箱|专线|方式)|\.gov\.|群里|政务|便民|防汛|消防|保密|涉密"
)
_CUSTOMARY = re.compile(
    r"批评指正|请.{0,6}(?:指正|指教|指示|批评)|谢谢|感谢|祝愿?|致敬|敬礼"
    r"|(?:发言|汇报|讲话|报告|述职|介绍|我就讲|讲)(?:到此|到这|完)"
    r"|以上(?:是|就是|发言|意见|建议|汇报|看法|体会|报告|想法|认识|几点|所讲)"
)
"""Closings that speakers end with by custom: 以上发言，仅供参考，不妥之处请批评指正。 They repeat, and are text."""
# 谢谢大家, 就讲这些, 话就说到这里
_CUSTOMARY_PHRASE = re.compile(
    r"[（(]?(?:再次|最后|好[，,])?(?:谢谢|感谢|多谢).{0,12}"
    r"|.{0,8}(?:讲|说|谈|汇报|发言|交流|介绍|报告)(?:到?这(?:里|儿|些|么多|几点)|到此|完).{0,10}"
    r"|.{0,10}(?:完了|完毕|到此(?:结束|为止)|散会|休会)[。！!]?"
)
_OF_A_VENDOR = re.compile(
    r"[A-Za-z]{3}|\d{5}|公众号|微信|客服|订阅|订户|会员|文稿|资料|范文|材料|店铺|网站|扫码|入群|进群"
)
_LIST_ITEM = re.compile(
    r"(?:\d{1,2}\s?[.、．）)]|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[-·•●◆■▪*]\s?|——|[①-⑳])(?=\s?\S)"
)
_PERSON = re.compile(r"[一-鿿]{2,3}|[一-鿿] [一-鿿]{1,2}|[×某X]{2,4}")
_OFFICE = re.compile(
    # 中共云岭县委办公室, 县长 方大川
    r"[\w·（）()]{2,40}(?:委员会|委|政府|局|厅|部|办公室|办|院|校|学校|公司|中心|站|会|团|厂|所|村|镇|乡|县|市|省|区|支部)"
    r"|.{0,16}(?:书记|县长|市长|省长|区长|镇长|乡长|局长|部长|主任|主席|校长|院长|会长|处长|所长|经理|站长|社长|厂长|代表)"
    r"\s*[\w×]{0,4}"
)
_CELLS = re.compile(r"\s*[|｜\t]\s*|\s+")
_TABLE_HEAD = re.compile(
    r"(?:序号|编号|项次|序|No\.?)\s*[|｜\t ]\s*[^\s。，]{1,12}\s*[|｜\t ]\s*[^。，]{1,60}$"
)
_TABLE_ROW = re.compile(r"\d{1,3}\s*[.．、]?\s*[|｜\t ]\s*\S[^。]{0,80}$")
_FEWEST_CELLS = 3
_LONGEST_ROW = 200
_LONGEST_NAME = 40


@remembered
def is_sentence(line: str) -> bool:
    """Returns whether the line ends as a sentence does."""
    return bool(_SENTENCE_END.search(line[-6:]))


def is_customary_closing(line: str) -> bool:
    """Returns whether the line is a closing that many speeches share by custom, with nothing of a vendor."""
    if _OF_A_VENDOR.search(line):
        return False
    said = is_sentence(line) and not line.rstrip("”’」』）)】》 ").endswith(("；", ";"))
    return (said and bool(_CUSTOMARY.search(line))) or bool(_CUSTOMARY_PHRASE.fullmatch(line))


@remembered
def speaks_to_audience(line: str) -> bool:
    """Returns whether the line is the speaker's words to those who listen, with or without a full stop.

    These are thanks, wishes, requests for criticism, calls to do something, and what says we, I or you.
    """
    return bool(_SPOKEN_BEGINNING.match(line) or _SPOKEN_INSIDE.search(line))


@remembered
def names_local_people(line: str) -> bool:
    """Returns whether the line speaks of those whom a speech is about: villagers, the office, the ward."""
    return bool(_LOCAL.search(line))


def is_name(line: str) -> bool:
    """Returns whether the line may sign a speech: a person with or without office, an authority."""
    return is_person(line) or (len(line) <= _LONGEST_NAME and bool(_OFFICE.fullmatch(line)))


def is_person(line: str) -> bool:
    """Returns whether the line may be a person's name: 方大川, 方 川, ×××."""
    return bool(_PERSON.fullmatch(line))


def is_list_item(line: str) -> bool:
    """Returns whether the line is an entry of a list: 1. …, （二）…, · …"""
    return bool(_LIST_ITEM.match(line))


def table_rows(lines: Sequence[str]) -> set[int]:
    """Returns the lines that are rows of a table: as many cells as the row above or below, at least three.

    农机站 nongji.example.com 2024年3月开通 / 卫生院 weisheng.example.cn 2024年5月开通
    """
    cells = [_count_cells(line) for line in lines]
    rows = set()
    for at, (above, below) in enumerate(pairwise(cells)):
        if above == below >= _FEWEST_CELLS:
            rows |= {at, at + 1}
    return rows


def rows_of_tables(lines: Sequence[str]) -> set[int]:
    """Returns the lines that are rows of a table whatever their numbers look like: below a row of headings that
    begins with 序号 (序号 检查内容 结果), or two in a row with bars between blanks (1 | 渠口)."""
    rows: set[int] = set()
    in_table = False
    for at, line in enumerate(lines):
        in_table = bool(_TABLE_HEAD.match(line)) or (in_table and bool(_TABLE_ROW.match(line)))
        if in_table:
            rows.add(at)
    barred = [" | " in f"{line[:_LONGEST_ROW]} " for line in lines]
    for at, (above, below) in enumerate(pairwise(barred)):
        if above and below:
            rows |= {at, at + 1}
    return rows


def _count_cells(line: str) -> int:
    if len(line) > _LONGEST_ROW or not any(mark in line for mark in " |｜\t"):
        return 1
    return sum(bool(cell) for cell in _CELLS.split(line))

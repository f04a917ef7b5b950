"""Finds the lines at the edges of a text that look like text, and would be notices if several texts had them.

A vendor's line needs no word of his trade (听雨轩 · 日日有新): only that other speeches end with it, too, shows what
it is. What speeches share by custom is never among these lines: thanks, wishes and calls, names, offices and
dates, proverbs, what says how a text came about. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.editors_notes import is_about_the_text
from jianggao.parsing.head_notices import is_title_of_speech
from jianggao.parsing.labelled_lines import read_label
from jianggao.parsing.occasion_lines import is_meeting, is_occasion, is_surely_occasion
from jianggao.parsing.speaker import is_other_word, speaker_in
from jianggao.parsing.speech_lines import (
    is_customary_closing,
    is_list_item,
    is_name,
    is_sentence,
    speaks_to_audience,
)
from jianggao.parsing.vendor_words import is_like_a_person

_LONGEST = 45
"""Characters of a line; a longer one is a paragraph of the speech."""
_SHORTEST = 3
_MOST_AT_END = 3
_LOOKED_AT = 12
"""Lines from the end that are looked at: signature, date and the page's furniture may stand below."""
_MOST_ABOVE_TITLE = 3

_ENDS_OPEN = ("：", ":", "，", ",", "、", "；", ";")
_ATTACHED = re.compile(r"附(?:件|表|录|图|注)?\s?[\d一二三四五六七八九十]{0,2}\s?[：:.、]|附[件表录图]")
_DATED = re.compile(
    r"[（(【]?\s*(?:\d{4}|[〇○零一二三四五六七八九十]{4})\s*[年./-]|[（(]?\s*[\d一二三四五六七八九十]{1,3}月"
)
_OF_A_MEETING = re.compile(
    # （掌声）, 全文完, 散会, 特此报告, 妥否，请批示
    r"掌声|鼓掌|礼毕|合影|起立|国歌|散会|休会|会议(?:结束|到此)|全[文稿]?完|^\W*完\W*$|此[致复]|敬礼|敬上|特此"
    r"|[妥当]否|请(?:批示|审[议阅定]|示)|此件|印发|抄[送报]|主题词|审议稿|征求意见|讨论稿|记录[人员]?[：:]|录音|审阅|删节|略"
)
_CALLS = re.compile(
    # 为建成美丽云岭而努力奋斗, 愿灯常亮
    r"愿|祝|谢|敬|请|让|期待|盼|相信|坚信|努力|奋[斗进发起勇]|加油|前进|胜利|辉煌|征程|新篇|华章|复兴|伟大|祖国|人民|万岁|成功|幸福"
    r"|安康|快乐|顺利|圆满|平安|健康|吉祥|兴旺|明天|未来|新[年春]|共勉|珍重|保重|再见|光荣|光明|永远|一起|实干|担当|初心|使命"
    r"|团结|力量|《|贡献|梦|我|咱|你们|同志|书记|县|市|镇|乡|村|[不莫勿]"
)
_OF_TEXTS = re.compile(
    # 好稿出自听雨轩，日日有新。
    r"稿|文字|执笔|[笔手札]记|笔[尖下耕端墨]|墨香|佳作|金句|[伴与陪为]您|文库|文[苑社轩阁斋坊屋]|范[文本]|公文|材料|素材|资料|美文|好文|写作|笔杆"
    r"|认准|关注|出品|首发|转[载发]|收藏|订[阅户]|书友|看官|读者|下期|平台|公众号|工作室|小编|编辑部|店"
    r"|更多.{0,8}(?:找|看|搜|加|来|到|上|在)|每[日天周]一[篇稿文更读]|篇篇|[轩阁斋坊苑](?![一-鿿])|[一-鿿](?:轩|阁|斋|书苑|书院|书屋|书坊)(?:出品|制|伴|与|陪|为|·)"
)
_SHOP_NAME = re.compile(r"[一-鿿]{1,6}[轩阁斋坊堂苑社屋铺]")
_QUOTED_FRAME = re.compile(r"^[\s—―─－\-–·•|｜*~～=【\[（(「『《]+|[\s—―─－\-–·•|｜*~～=】\]）)」』》]+$")
_HAN = re.compile(r"[一-鿿]")
_ALL_HAN = re.compile(r"[一-鿿]+")
_PROVERBS = (4, 7)
"""Characters of an idiom and of a verse."""


def edge_text(front: Sequence[str], body: Sequence[str]) -> tuple[str, ...]:
    """Returns the lines of a text, cut into head and body, that other texts will show to be notices or not.

    They are at most three above the title and the last three of the body, in the order of the source.
    """
    return (*_above_title(front), *reversed(list(_at_end(body))))


def _above_title(front: Sequence[str]) -> Iterator[str]:
    """Yields the lines above one that is the title of a speech by itself: 听雨轩与您同行 / 在年中工作会上的讲话.

    A theme (让路灯亮到村口), a meeting or a series can stand there, too: without a vendor's word a line is text.
    """
    whole = (at for at, line in enumerate(front) if is_title_of_speech(line))
    for line in front[: next(whole, 0)][:_MOST_ABOVE_TITLE]:
        is_of_speech = is_meeting(line) or is_surely_occasion(line)
        if _is_shops_name(line) or (_OF_TEXTS.search(line) and not is_of_speech and _may_be_vendors(line)):
            yield line


def _at_end(body: Sequence[str]) -> Iterator[str]:
    """Yields the lines from the last one upwards, not the first paragraph of the body."""
    found = 0
    last = len(body) - 1
    for at in range(last, max(0, last - _LOOKED_AT), -1):
        line = body[at]
        if len(line) > _LONGEST:
            return
        if _may_be_vendors(line) and _is_worth_comparing(line, body[at - 1]):
            yield line
            found += 1
        elif is_sentence(line) and not is_customary_closing(line):
            # A sentence of the speech ends it: what stands above is no edge.
            return
        if found == _MOST_AT_END:
            return


def _is_worth_comparing(line: str, above: str) -> bool:
    """Returns whether a line at the end is a notice where other speeches have it, too.

    Many speeches end with the same proverb (路虽远，行则将至。): a sentence must speak of texts, or stand below the
    signature.
    """
    if _OF_TEXTS.search(line) or not is_sentence(line):
        return True
    signed = is_name(above) and not _is_shops_name(above)
    return len(above) <= _LONGEST and (signed or is_bare_date(above))


def _may_be_vendors(line: str) -> bool:
    """Returns whether a line is none of those that speeches share by custom."""
    bare = _QUOTED_FRAME.sub("", line)
    if not _SHORTEST <= len(line) <= _LONGEST or not _HAN.search(bare):
        return False
    if _is_shops_name(bare):
        return True
    # —— 听雨笔记 —— is no entry of a list.
    is_entry = is_list_item(line) and line[0] != line[-1]
    if line.endswith(_ENDS_OPEN) or is_entry or _ATTACHED.match(line) or " | " in line:
        return False
    if _DATED.match(line) or is_bare_date(line) or _OF_A_MEETING.search(line) or read_label(line):
        return False
    if is_name(bare) or is_about_the_text(line) or is_customary_closing(line):
        return False
    if _OF_TEXTS.search(line):
        return not speaks_to_audience(line)
    if _CALLS.search(line) or speaks_to_audience(line) or is_occasion(bare):
        return False
    return not (speaker_in(bare) or is_other_word(bare) or _is_proverb(bare))


def _is_proverb(line: str) -> bool:
    """Returns whether a phrase is like a verse or a proverb: 长江后浪推前浪, 善作善成，久久为功, 久久为功."""
    first, comma, second = line.replace(",", "，").partition("，")
    is_even = len(first) == len(second) if comma else len(first) in _PROVERBS
    return is_even and bool(_ALL_HAN.fullmatch(first + second))


def _is_shops_name(line: str) -> bool:
    """Returns whether a line is as short as a name, and a shop's rather than a person's: 听雨轩, but 方雨轩."""
    bare = _QUOTED_FRAME.sub("", line)
    return bool(_SHOP_NAME.fullmatch(bare)) and not is_like_a_person(bare)

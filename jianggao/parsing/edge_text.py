"""Finds the lines at the edges of a text that look like text, and that other texts show to be something else.

A vendor's line needs no word of his trade (听雨轩 · 日日有新): only that other speeches end with it, too, shows what
it is. Where it names a vendor it is a notice then; any other one (山高水长) may be a motto that speeches share, and
is in doubt. What they share by custom is never among these lines: thanks, wishes and calls, names, offices and
dates, proverbs, numbers to call, what says how a text came about. All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jianggao.parsing.dates import is_bare_date
from jianggao.parsing.editors_notes import is_about_the_text
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
from jianggao.parsing.title_lines import is_title_of_speech
from jianggao.parsing.vendor_words import is_like_a_person, may_be_vendors_name, trades_in_texts

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
    r"电话|热线|举报|值班|接待|地址|邮[编箱]|公开|材料之|掌声|鼓掌|礼毕|合影|起立|国歌|散会|休会|会议(?:结束|到此)|全[文稿]?完|^\W*完\W*$|此[致复]|敬礼|敬上|特此"
    r"|[妥当]否|请(?:批示|审[议阅定]|示)|此件|印发|抄[送报]|主题词|审议稿|征求意见|讨论稿|记录[人员]?[：:]|录音|审阅|删节|略"
)
_CALLS = re.compile(
    # 为建成美丽云岭而努力奋斗, 愿灯常亮
    r"愿|祝|谢|敬|请|让|望|务必|务求|坚决|一定|打赢|落实|全力|确保|干部|再接再厉|抓|期待|盼|相信|坚信|努力|奋[斗进发起勇]|加油|前进|胜利|辉煌|征程|新篇|华章|复兴|伟大|祖国|人民|万岁|成功|幸福"
    r"|安康|快乐|顺利|圆满|平安|健康|吉祥|兴旺|明天|未来|新[年春]|共勉|珍重|保重|再见|光荣|光明|永远|一起|实干|担当|初心|使命"
    r"|团结|力量|《|贡献|梦|我|咱|你们|同志|书记|县|市|镇|乡|村|[不莫勿]"
)
_VENDORS = re.compile(
    # 好稿出自听雨轩, 一稿在手，上台不愁！, 本稿由听雨轩首发
    r"[好新佳美名供约荐投订写]稿|一稿|[本每此]篇?稿|篇稿|稿[件子库源]|文[稿库]|讲稿[库网]|笔杆|出品|首发|佳作|金句|好文(?![风化章])"
    r"|下期|下一篇(?!章)|篇篇|公众号|小编|看官|执笔者|提笔|写作路|完整版|知识星球|评论区|领取方式|售后|下载后"
    # 想看更多请找听雨轩。
    r"|更多.{0,4}请?[找搜加]|(?<![于在聚登游])[一-鿿](?:轩|阁|斋|书苑|书屋)(?:$|[\s·，,。！!|｜】）)～~—]|[伴与陪为来坐]|出品|首发)"
    # 听雨灯下·与您共读, 听雨书屋伴您登台
    r"|[伴陪与为][您你].{0,6}(?:[写读稿文]|登台|讲台|上台)|[·|｜]\s?(?:每日|日日|天天|与您|伴您|陪你|共读)"
)
_OF_THE_PLACE = re.compile(
    # 石桥县融媒体中心出品, 会议材料请会后领取
    r"县|市|镇|乡|村|局|委|政府|大学|学校|中学|小学|学院|文联|中心|街道|社区|会议|会后|会务|同志|各[单组部级]|组长|领取|公文|汇报|民情|^[于在]|党|日记"
)
_SHOP_NAME = re.compile(r"(?![于在])[一-鿿]{1,6}(?:[轩阁斋]|[书文墨笔][屋社堂苑铺坊])")
_FRAMED = re.compile(r"([—―─－\-–·•|｜*~～=])\1*\s*[一-鿿 ]{2,10}\s*\1+")
_QUOTED_FRAME = re.compile(r"^[\s—―─－\-–·•|｜*~～=【\[（(「『《]+|[\s—―─－\-–·•|｜*~～=】\]）)」』》]+$")
_HAN = re.compile(r"[一-鿿]")
_BETWEEN = re.compile(r"[,，、\s]+")
_ALL_HAN = re.compile(r"[一-鿿]+")
_PROVERBS = (4, 7)
"""Characters of an idiom and of a verse."""


def edge_text(front: Sequence[str], body: Sequence[str]) -> tuple[str, ...]:
    """Returns the lines of a text, cut into head and body, that other texts will show to be notices or not.

    They are at most three above the title and the last three of the body, in the order of the source.
    """
    return (*_above_title(front), *reversed(list(_at_end(body))))


def names_vendor(line: str) -> bool:
    """Returns whether a line that several speeches have at their edges can only be a vendor's.

    It has a shop's name (听雨轩), or praises and offers texts to readers; alone it is text all the same.
    """
    if speaks_to_audience(line) or _OF_THE_PLACE.search(line) or not _is_short_and_free(line):
        return False
    return _is_shops_name(line) or bool(_VENDORS.search(line) or _FRAMED.fullmatch(line))


def may_be_shared(line: str) -> bool:
    """Returns whether a line that looks like a notice can be one that the texts of one office share: 服务热线：…,
    （此件公开发布）, 石桥诗社."""
    is_name = may_be_vendors_name(line) and not trades_in_texts(line)
    return is_name or bool(_OF_A_MEETING.search(line) or _OF_THE_PLACE.search(line))


def _above_title(front: Sequence[str]) -> Iterator[str]:
    """Yields the lines above one that is the title of a speech by itself: 听雨轩与您同行 / 在年中工作会上的讲话.

    A theme (让路灯亮到村口), a meeting or a series can stand there, too: without a vendor's name a line is text.
    """
    whole = (at for at, line in enumerate(front) if is_title_of_speech(line))
    for line in front[: next(whole, 0)][:_MOST_ABOVE_TITLE]:
        is_of_speech = is_meeting(line) or is_surely_occasion(line)
        if names_vendor(line) and (_is_shops_name(line) or not is_of_speech):
            yield line


def _at_end(body: Sequence[str]) -> Iterator[str]:
    """Yields the lines from the last one upwards, not the first paragraph of the body."""
    found = 0
    last = len(body) - 1
    for at in range(last, max(0, last - _LOOKED_AT), -1):
        line = body[at]
        if len(line) > _LONGEST:
            return
        if _is_worth_comparing(line, body[at - 1]):
            yield line
            found += 1
        elif is_sentence(line) and not is_customary_closing(line):
            # A sentence of the speech ends it: what stands above is no edge.
            return
        if found == _MOST_AT_END:
            return


def _is_worth_comparing(line: str, above: str) -> bool:
    """Returns whether a line at the end may be none of the speech where other speeches have it, too.

    Many speeches end with the same proverb (路虽远，行则将至。): a sentence must name a vendor, or stand below the
    signature. What a colon announces is quoted (写着八个字：).
    """
    if above.endswith(("：", ":")):
        return False
    if names_vendor(line):
        return True
    if _is_custom(line):
        return False
    if not is_sentence(line):
        return True
    signed = is_name(above) and not _is_shops_name(above)
    return len(above) <= _LONGEST and (signed or is_bare_date(above))


def _is_short_and_free(line: str) -> bool:
    """Returns whether a line is as short as such lines are, and no part of a list, a form, a signature."""
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
    return not (is_name(bare) or is_about_the_text(line) or is_customary_closing(line))


def _is_custom(line: str) -> bool:
    """Returns whether a line that names no vendor is one of those that speeches share by custom."""
    bare = _QUOTED_FRAME.sub("", line)
    if not _is_short_and_free(line) or _CALLS.search(line) or _OF_THE_PLACE.search(line):
        return True
    if speaks_to_audience(line) or is_occasion(bare):
        return True
    return bool(speaker_in(bare)) or is_other_word(bare) or _is_proverb(bare)


def _is_proverb(line: str) -> bool:
    """Returns whether a phrase is like a verse or a proverb: 长江后浪推前浪, 善作善成，久久为功, 久久为功."""
    first, mark, second = _BETWEEN.sub("，", line).partition("，")
    is_even = len(first) == len(second) if mark else len(first) in _PROVERBS
    return is_even and bool(_ALL_HAN.fullmatch(first + second))


def _is_shops_name(line: str) -> bool:
    """Returns whether a line is as short as a name, and a shop's rather than a person's: 听雨轩, but 方雨轩."""
    bare = _QUOTED_FRAME.sub("", line)
    is_like_one = bool(_SHOP_NAME.fullmatch(bare)) and not _OF_THE_PLACE.search(bare)
    return is_like_one and not is_like_a_person(bare)

"""Recognises the lines above the title of a speech that are neither a theme nor a part of it: what vendors and
pages have there, and what names a series, a meeting, an organisation or a kind of text.

Above a line that by itself is the title of a speech (在年中会上的讲话) a theme (让路灯亮到村口) is the title, and the
speech its subtitle. All examples in the comments are made up.
"""

from __future__ import annotations

import re

from jianggao.parsing.column_lines import is_column
from jianggao.parsing.head_furniture import is_head_furniture
from jianggao.parsing.paper_lines import is_kind_of_paper, is_of_the_paper
from jianggao.parsing.theme_words import begins_as_theme
from jianggao.parsing.title_lines import names_a_speech, names_a_speech_first
from jianggao.text.simplified import simplified

_LONGEST = 60
_SIGN = re.compile(r"[★☆◆◇※●○■□▲△▼▽◎✦✧⭐☀-➿\U0001F300-\U0001FAFF]")
_IN_BRACKETS = re.compile(r"(?:【[^【】]{1,40}】\s?){1,6}")
_HAN = re.compile(r"[一-鿿]")
# tingyu2020, TYW-2020; but AI and 5G are of a theme: 把AI请进田里
_ACCOUNT = re.compile(r"[A-Za-z_-]{2,20}\d{3,}|\d{2,12}[_-]?[A-Za-z]{3,}|[A-Za-z][A-Za-z_-]{5,}|\d{5,}$")
_DEDICATION = re.compile(r"[谨仅]以.{1,8}(?:献给|纪念|致敬|送给).{2,40}")
_VENDORS_WORDS = re.compile(
    r"独家(?:首发|发布|整理|原创|稿件|资源|资料)|(?:转载|翻印|盗版|倒卖)必究|一手资料|全网(?:首发|独家)"
    r"|专注.{0,4}(?:写作|公文|材料)|(?:公文|机关|材料)写作[，,]|(?:出品|首发|敬上|每日推送|持续更新|关注我们)$"
    r"|公众号|微信搜|每[天日周]一篇|[好范美佳][稿文](?:推荐|精选|分享|共赏|大全|一篇|[两三四五\d]篇)|[稿话]范文$"
)
_SERIES = r"(?:大?讲[坛堂]|课堂|论坛|沙龙|专栏|书院|文库|书屋)"
_OF_A_SERIES = re.compile(
    # 《渠边夜话》第12期, “渠首讲坛”第三讲, 渠首书院 · 名家讲坛
    r".{0,30}第\s?[\d一二三四五六七八九十百零〇]{1,6}\s?[期讲回辑集](?:[（(].{1,16}[）)])?"
    rf"|[“《「][^“”《》「」]{{2,16}}[”》」](?:系列|{_SERIES}|讲座|丛书|专刊)"
    rf"|[^，。！？·•・]{{2,16}}\s?[·•・]\s?[^，。！？·•・]{{0,12}}{_SERIES}"
)
_NUMBER = r"[\d一二三四五六七八九十]{1,3}"
_LECTURE = rf"[（(]?第\s?{_NUMBER}\s?[讲课期辑节次][）)]?"
_LESSON = r"(?:讲稿|教案|讲义|课件|党课|团课|讲座|(?:授课|讲课|宣讲|辅导)(?:提纲|讲稿|报告|材料|稿))"
_COURSE = re.compile(
    # 2025年春季农技员培训班讲稿（第四讲）, 党课讲稿（第二讲）
    rf"(?!在|关于|就)[^，。！？；：]{{2,40}}?{_LESSON}\s?{_LECTURE}"
    # 村干部轮训班专题党课之三, 春灌系列讲座（三）
    rf"|(?!在|关于|就)[^，。！？；：]{{0,30}}?(?:班|系列|专题|学期)[^，。！？；：]{{0,12}}?{_LESSON}\s?(?:之\s?{_NUMBER}|[（(]{_NUMBER}[）)])"
    # 农技员培训班第四讲, “渠首讲堂”第四讲
    rf"|(?!在|关于|就)[^，。！？；：]{{2,30}}?(?:班|学期|讲[堂坛]|课堂|夜校|学习会|读书会|系列|[”》」])\s?{_LECTURE}"
    # 县委党校主体班讲义
    r"|(?!在|关于|就)[^，。！？；：]{2,40}?(?:班|学期)(?:讲稿|教案|讲义|课件)"
)
"""Of a line: which lesson of which course it is."""
_KIND_OF_TEXT = re.compile(
    # 柳湾县领导讲话, 县委二次全会文件（4）, 县委宣讲团宣讲提纲
    r"[^，。！？、的]{0,20}(?:领导讲话稿?|(?:宣讲|党课|讲话|发言|演讲|授课|辅导|交流|述职|主持)(?:提纲|材料|文稿|选编|汇编|摘编)"
    r"|(?:学习|会议|大会|全会|参阅|培训|例会|参考|座谈会?|研讨会?|党代会|人代会)(?:资料|材料|文件|专刊|选编|汇编))"
    r"(?:[一两二三四五六七八九十\d]{1,3}[篇份则]|之[一二三四五六七八九十\d]{1,3}|[（(][^（()）]{1,8}[）)])?"
)
_MEETING = re.compile(
    r"[^，。！？、]{2,40}(?:会议|大会|座谈会|例会|全会|读书会|书友会|研讨会|推进会|动员会|交流会|研修班|培训班|研讨班|进修班|轮训班"
    r"|讲习班|讲坛|讲堂|论坛|沙龙|系列活动|启动仪式|典礼|主题党日)"
)
_ORGANISATION = re.compile(
    r"(?:中共|共青团)[一-鿿]{2,20}(?:委员会|委|部|组|支部|校|办公室)"
    r"|[一-鿿]{2,12}(?:书院|融媒体?中心|文联|社科联|工作室|传媒|研究院|研究会|出版社|报社|杂志社|电视台|党校|大学|学院|中学|小学|学校"
    r"|集团|公司|党委|党组|党总支|党支部|团委|村委会|居委会|管委会|服务中心|文化馆|图书馆|博物馆|纪念馆|协会|学会|基金会|合作社|联合会|编辑部|宣讲团|讲师团)"
)
_ENTRY_OF_PERSON = re.compile(
    r"[一-鿿]{2,6}\s?[：:]\s?[^：:，。]{1,16}(?:同志|书记|[县市省区镇乡村局厅部院校处科所站]长|主任|主席|代表)"
)
_AT_A_MEETING = re.compile(r"《?在.{4,}?(?:上|中|时|期间)的?.{2,}")


def names_a_meeting(title: str) -> bool:
    """Returns whether the title of a speech says at which meeting it was held: 在年中会议上的讲话 needs nothing above
    it, 在会上的讲话 does."""
    return title.startswith(("在", "《在")) and names_a_speech(title) and bool(_AT_A_MEETING.match(title))


def is_course(line: str) -> bool:
    """Returns whether the line only says which lesson of a course or series a lecture is: 培训班讲稿（第四讲）."""
    return len(line) <= _LONGEST and bool(_COURSE.fullmatch(simplified(line)))


def is_no_theme(line: str, title: str) -> bool:
    """Returns whether a line above `title`, which by itself names a speech, is neither a theme nor a part of it."""
    if len(line) > _LONGEST or names_a_speech_first(line):
        return False
    if looks_like_no_theme(line) or is_column(line) or _DEDICATION.fullmatch(simplified(line)):
        return True
    line = simplified(line)
    # 办好每一所学校, 让信用走进合作社
    if begins_as_theme(line):
        return False
    if _VENDORS_WORDS.search(line) or _OF_A_SERIES.fullmatch(line) or _KIND_OF_TEXT.fullmatch(line):
        return True
    named = _MEETING.fullmatch(line) or _ORGANISATION.fullmatch(line)
    return named is not None and names_a_meeting(title)


def names_organisation(line: str) -> bool:
    """Returns whether the line is an organisation's name and nothing else: 渠水集团公司, 云麓中学团委."""
    return len(line) <= _LONGEST and bool(_ORGANISATION.fullmatch(simplified(line)))


def says_something(line: str) -> bool:
    """Returns whether a line begins as a theme does: 让路灯亮到村口."""
    return begins_as_theme(simplified(line[:8]))


def looks_like_no_theme(line: str) -> bool:
    """Returns whether a line has what no theme has: stars around it, 【…】, an account's letters, a full stop, a form's
    entry with a person (陪同：方县长), what is said of the paper itself."""
    return len(line) <= _LONGEST and bool(
        _SIGN.match(line)
        or _SIGN.match(line[-1:])
        or line.endswith("；")
        or "。" in line
        or _IN_BRACKETS.fullmatch(line)
        or not _HAN.search(line)
        or _ACCOUNT.search(line)
        or is_head_furniture(line)
        or is_of_the_paper(line)
        or is_kind_of_paper(line)
        or _ENTRY_OF_PERSON.fullmatch(line)
    )

"""Finds what somebody wants in a request typed as a sentence: 有没有关于粮食安全的素材 asks for 粮食安全.

A request is a matter in a frame: words that greet, ask, and say in which form the answer is wanted. The frame
is taken off from both ends, a word at a time. A frame word of one character goes only where a word ends behind
it (or begins before it): 求 goes from 求一段讲话, not from 求真务实.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate

from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

_LEAST_MATTER = 2
"""Characters that must be left: what is shorter is no matter."""
_LEAST_FRAME = 2
_SHORT = 2
"""Frame words of so many characters must end, or begin, where a word does."""
_LONGEST_AFTER = 16
"""Characters of the longest frame word at the end."""
_MOST_STEPS = 24
"""Frame words taken from a run of text; no real request has so many."""

_AMOUNT = r"(?:[一两几这那每哪]?(?:[些点个段篇份句条则类种本套批]|下子?)儿?)"
_SPEECH = (
    r"(?:素材|材料|资料|段落|段子|片段|语段|讲话稿?|发言稿?|演讲稿?|致辞稿?|稿子|稿件|文稿|文章|范文|范本|"
    r"内容|句子|表述|说法|论述|论点|观点|文字|东西|写法|参考|模板|讲法|提法|原文|原话|全文|话术|话题|主题|"
    r"部分|那[段篇句](?:话|讲话|稿子?|文章)?|段话|一段话?)"
)
_LEADER = (
    r"(?:领导|书记|局长|县长|市长|镇长|乡长|区长|部长|主任|校长|院长|处长|科长|老板|我们?|咱们?|俺|"
    r"单位|局里|县里|镇里|市里|区里|村里|学校|公司)"
)
_TIME = r"(?:今天|明天|后天|今晚|明早|晚上|早上|上午|下午|下周[一二三四五六日天]?|这周|本周|周[一二三四五六日天]|这次|最近|马上|现在|正在|等下|待会儿?|月底)"
_ASKING = r"(?:能不能|可不可以|可否|能否|可以|能|请|烦请|麻烦|劳驾|谁能|谁可以|哪位能|有谁能|帮忙|快|赶紧)"
_LOOKING = (
    r"(?:找找|找一?下|找|查查|查一?下|查|搜搜|搜一?下|搜索|搜|检索|推荐|提供|分享|整理?|弄|来|发|给|要|求|"
    r"看看|看一?下|看|翻一?下|翻|挑|选|调|推|传|借)"
)

# Each begins a request; the longest that fits is taken off, then the next.
_BEFORE = tuple(
    re.compile(pattern)
    for pattern in (
        # Greetings, and calls for attention.
        r"(?:在吗|在么|在不在|你好|您好|大家好|早上好|下午好|晚上好|早安|嗨|哈喽|hello|hi|老师好|(?:各位)?老师(?=$|有|能|求|帮|请|发|给|麻烦|想|我)|各位大佬|"
        r"大佬们?|大神们?|各位|亲|兄弟们?|群主|管理员?|机器人|小助手|小编|同志们好|有人吗|有人在吗)",
        r"(?:请教一?下?|请问一?下?|想问一?下?|问一?下|问问|咨询一?下?|打扰一?下?了?|打听一?下?|麻烦问一?下?|"
        r"不好意思|拜托大家|拜托|急求|急需|急用|急找|急|跪求|求助|在线等|那个|嗯|哎|对了|话说)",
        # 有没有, 谁有, 你们库里有没有
        r"(?:你们?|您|咱们?|大家|这里|这儿|这边|群里|库里|资料库|库|里面|手头|手上)*(?:这|那)?"
        r"(?:有没有|有木有|有无|还有没有|是不是有|是否有|谁那?里?有|谁手里有|哪位有|哪里有|哪儿有|哪有|有)",
        # 能不能帮我找一段, 求一篇
        rf"{_ASKING}*(?:(?:帮忙|帮我们?|给我们?|帮|替我|为我|跟我|我)?{_ASKING}?{_LOOKING}"
        rf"(?:给我)?)(?:{_AMOUNT}|一下)*",
        rf"{_ASKING}+(?:帮忙|帮我们?|给我们?|帮|替我)?",
        # 明天领导要讲, 我想写一篇
        rf"(?:{_TIME}|{_LEADER})+(?:在|也|又)?(?:要|想要?|需要|得|准备|打算|正要|急着)?"
        rf"(?:去|来)?(?:写|讲讲?|找|用|说说?|谈谈?|做|搞|弄|参加|开|出席|主持|了解|学习|参考|准备)?(?:{_AMOUNT}|一下)*",
        rf"(?:想要?|需要|准备|打算)(?:写|讲|找|看看?|用|求|说|谈|学|了解|参考)?(?:{_AMOUNT}|一下)*",
        rf"(?:写|讲|说|谈)(?:{_AMOUNT}|一下|到|过)*",
        rf"{_AMOUNT}",
        r"(?:关于|有关|围绕|针对|涉及|对于|提到|谈到|说到|讲到|写到)(?:的)?",
        # 怎么写, 如何讲好
        r"(?:应该|该|要)?(?:怎么样?|如何|怎样|咋个?)(?:去)?(?:写好?|讲好?|说好?|谈好?|表述|表达|阐述|论述)",
        # 哪篇讲过, 哪些稿子里提到
        r"(?:哪一?|哪些|哪几)(?:[篇段个份次本])?(?:讲话稿?|稿子|文章|材料|领导)?(?:里面?|中|上)?"
        r"(?:有?讲(?:到|过)?|写(?:到|过)?|提(?:到|过)+|说(?:到|过)?|谈(?:到|过)?|有)?(?:的)?",
        rf"{_SPEECH}(?:里面?|中)?(?:有没有|有无|怎么写)",
        r"(?:相关|类似|合适|好一?点|好|现成|最新|最近)的",
        r"的",
    )
)
_AFTER = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:吗|么|呢|啊|呀|吧|嘛|哈+|啦|了|哦|噢|喔|嘞|咧|哇|哎|诶|不|没|没有|不咯?|咯|呗)",
        r"(?:非常|十分|万分|先)?(?:谢谢|谢|感谢|多谢|辛苦|拜托|麻烦)(?:一下|你们?|您|大家|各位|老师|大佬|啦|了)*",
        r"(?:急用?|在线等|求分享|求推荐|求|可以吗|行吗|好吗|好不好|行不行|能不能发|发一下|发我|给我|来一份|来一段|来点)",
        r"(?:的)?(?:相关|有关|类似|方面|这方面|这类|一类|之类|这种|那种|这样|这块|这一块|那一块)(?:的)?",
        rf"(?:的|地)?(?:好|新|短|长|现成|相关|有关|合适)?的?(?:一[{'段篇份个些点句'}])?{_SPEECH}",
        r"(?:应该|该|要|得|到底)?(?:怎么样?|如何|怎样|咋个?)(?:去|才能|能)?"
        r"(?:写|讲|说|谈|表述|表达|阐述|论述|入手|切入|组织|展开|起笔|下笔|弄|办|做)?(?:好|比较好|才好|合适|一下)?",
        r"(?:有没有|有木有|有无|有吗|有的吗|有么|谁有|哪里有|在哪里?|在哪一?[篇段]|是哪一?[篇段]|哪[篇段]有)",
        r"(?:最好|尽量|越)[^，。,.]{1,10}",
        r"(?:是)?(?:怎么|如何|咋)(?:讲|说|写|提)的",
        r"(?:的)?(?:讲|写|说)?(?:法|得好的?)",
        r"(?:都|也)?(?:可以|行|成)",
        r"的",
    )
)
_ASKS = re.compile(
    r"有没有|有无|有木有|有吗|有么|谁有|哪|帮|求|请|麻烦|能不能|可不可以|能否|可否|怎么|怎样|如何|咋|想|要|推荐|提供|"
    r"发|来|找|查|搜|给|急|谢|关于|有关|方面|相关|素材|材料|资料|段|稿|讲话|文|内容|句|话|述|法|参考|模板|题|吗|呢|部分|东西|咨询|打听|问"
)
"""What a frame must have to be that of a request: 看个 of 看个病要跑老远 hasn't."""
_SIGNS = re.compile(r"[^\w×%％.．“”\"「」『』:：]+")


def matter_of(request: str) -> str:
    """Returns what a request asks for: the words that are left without its frame, "" if nothing is left.

    A text that is no request comes back as it is, but for signs.
    """
    parts = _SIGNS.sub(" ", unicodedata.normalize("NFKC", request)).split()
    left = list(filter(None, map(_without_frame, parts)))
    taken = "".join(_frame_of(part) for part in parts)
    # 讲政治 is no request for 政治: one character is too little of a frame.
    return " ".join(left if len(taken) >= _LEAST_FRAME and _ASKS.search(taken) else parts)


def _frame_of(part: str) -> str:
    matter = _without_frame(part)
    before, _, after = part.partition(matter) if matter else (part, "", "")
    return before + after


def _without_frame(part: str) -> str:
    """Returns a run of text without the frame words at its ends."""
    borders = _word_borders(part)
    start, stop = 0, len(part)
    for _ in range(_MOST_STEPS):
        step = _taken_before(part, start, stop, borders) or _taken_after(part, start, stop, borders)
        if step is None:
            break
        start, stop = step
    return part[start:stop]


def _word_borders(part: str) -> frozenset[int]:
    """Returns the offsets at which words begin and end; the ends alone where signs in it have no place in the
    normal form."""
    cut = words(part)
    if sum(map(len, cut)) != len(part):
        return frozenset((0, len(part)))
    return frozenset(accumulate(map(len, cut), initial=0))


def _taken_before(part: str, start: int, stop: int, borders: frozenset[int]) -> tuple[int, int] | None:
    """Returns the stretch without the longest frame word at its beginning; None if there is none."""
    ends = {match.end() for pattern in _BEFORE if (match := pattern.match(part, start, stop))}
    for end in sorted(ends - {start}, reverse=True):
        if _leaves_a_matter(stop - end) and (end in borders or end - start > _SHORT):
            return end, stop
    return None


def _taken_after(part: str, start: int, stop: int, borders: frozenset[int]) -> tuple[int, int] | None:
    """Returns the stretch without the longest frame word at its end; None if there is none."""
    for at in range(max(start, stop - _LONGEST_AFTER), stop):
        fits = any(pattern.fullmatch(part, at, stop) for pattern in _AFTER)
        if fits and _leaves_a_matter(at - start) and (at in borders or stop - at > _SHORT):
            return start, at
    return None


def _leaves_a_matter(characters: int) -> bool:
    return characters == 0 or characters >= _LEAST_MATTER

"""Knows what people call the kinds of passages: 结尾 is also 结束语, 最后那段, 怎么收尾.

A name stands at the end of what was typed (就业讲话最后一段), or at its beginning (打头那段 就业). What is left is the
matter.
"""

from __future__ import annotations

import re

from jianggao.phrases.passage_kinds import PassageKind
from jianggao.search.request_frames import STYLE
from jianggao.text.segmentation import is_word

_COUNT = "[一几两二三首]"
_PIECE = rf"(?:[那这]?{_COUNT}?小?(?:段|句|部分|部份)(?:话|落|文字|内容)?)"
"""那几句话, 一段, 部分."""
_SAID_LAST = "(?:部署|安排|布置|强调|提?要求|叮嘱|交代|总结|表态)"
"""What speakers do at the end: 最后部署那段."""
_HOW = "(?:怎么|咋|如何|怎样)"
_OF = "(?:的|性的?|式的?|类的?)?"

_NAMES = {
    PassageKind.OPENING: (
        "开头语?|开场(?:白|词|语)?|引子|引出正题|开篇(?:语)?|引言|导语|起头|开头部分",
        rf"(?:第[一1]|头|打头|开头|开场|最前面?|最开始|一开始|前面|开始)的?{_PIECE}",
        rf"称呼(?:语)?(?:之?后|完|下面|后面)?(?:的?(?:第[一1]|头)?{_PIECE})",
        rf"(?:一上来|一开始|开头|开场)?{_HOW}(?:开[头场篇口]|起头|破题)",
        rf"(?:一上来|一开始|开头|开场|刚开始)(?:先|都|得|要)?{_HOW}?(?:讲|说|写)(?:[几两]句)?(?:什么|啥|的)?",
    ),
    PassageKind.CLOSING: (
        "结尾|结束语|结语|收尾|收口|收束|尾声|末尾|结束段|总结段|结束词|收官(?:的话|语)|压轴的?话",
        rf"(?:最后|最末|末尾|结尾|尾声|末了|收尾|压轴|临了|结束前?)面?的?{_PIECE}",
        rf"最后[一1]?(?:段|句)|(?:最后|末尾|结尾)(?:再|又)?{_SAID_LAST}的?{_PIECE}",
        rf"(?:最后|结尾|末尾|讲完|临了|结束)(?:[都该要得]|应该)?{_HOW}?(?:收尾?|收场|收束|结束|结尾|说|写|讲|煞尾)",
        rf"(?:最后|结尾|末尾|临了|(?:快要?)?结束(?:的?时候?|之?前)?)(?:该|要|得|应该|再|还)?{_HOW}?(?:讲|说)(?:[一几两]句|点)(?:什么|啥|话)?",
        rf"(?:讲|说|写)?完(?:了|后)?{_HOW}收尾?|{_HOW}(?:收尾|收场|收束|结尾|结束|煞尾)|收个尾|末段|尾段",
    ),
    PassageKind.TRANSITION: (
        rf"过渡(?:句子?|段落?|语|词|{_OF}(?:话|{_PIECE}))?|衔接(?:句|语|词|{_OF}(?:话|{_PIECE}))?",
        rf"承上启下(?:{_OF}(?:话|句子?|段落?|{_PIECE}))?|承接(?:{_OF}(?:话|句子?|{_PIECE}))|串场(?:词|语|{_OF}(?:话|{_PIECE}))?|串联词|转场(?:词|语|{_OF}话)?",
        rf"(?:段与段|段落|上下文?|前后|两部分)之?间?的?{_HOW}?(?:衔接|过渡|连接|转换|串起来)(?:的?(?:话|句子?))?",
        rf"{_HOW}(?:过渡|衔接|承接|转折)(?:过去|过来|一下)?",
    ),
    PassageKind.CALL: (
        rf"号召(?:语|词|{_OF}(?:话|{_PIECE}))?|呼吁(?:{_OF}(?:话|{_PIECE}))?|动员令|{_HOW}(?:号召|动员|鼓劲)",
        r"(?:动员|鼓劲|打气|加油|鼓舞(?:士气|人心|干劲)?|提气|振奋(?:人心)?|激励(?:人心|士气)?|喊口号|表决心|喊话|鼓动|"
        rf"催人奋进|鼓干劲|提振士气|热血|激情|励志|加油打气|鼓劲打气){_OF}(?:话|语|词|口号|{_PIECE})",
        rf"(?:寄语|嘱托|期许|寄望|共勉)(?:{_OF}(?:话|{_PIECE}))?|(?:勉励|期望|祝愿){_OF}(?:话|{_PIECE})",
        r"口号(?:式的?(?:话|句子?))?|鼓劲(?:打气)?|加油打气|喊口号",
    ),
    PassageKind.PARALLEL: (
        rf"排比(?:句[子式]?|金句|段落?|式|{_OF}(?:话|句子?|{_PIECE}))?",
        rf"(?:对仗|整齐|工整|对仗工整|朗朗上口){_OF}(?:句子?|句式|{_PIECE})|句式(?:整齐|工整)|整句",
        rf"[三四五六几]个.{{1,4}}?(?:{_OF}句式|排比)",
    ),
    PassageKind.SUBHEADINGS: (
        "小标题|分论点|[几一二三四五]个(?:小|分)?标题|(?:一级|二级|三级|层次|各级|分级|段落|大小?)标题|分标题",
        rf"分?(?:标题|几点|[一二三四]{{1,4}}点|论点|要点){_HOW}(?:拟|写|起|列|分|定|讲)",
        r"(?:分|讲|列)[几一二三四五六1-9]{1,4}(?:大|个)?(?:点|条|方面)(?:来?[讲说写])?",
    ),
    PassageKind.FIGURES: (
        rf"(?:有|带|列|含|摆|用)?(?:(?:具体|详细|相关|统计|最新|各项|一串|硬|实打实)的?)?(?:数据|数字)(?:{_OF}(?:说话|话|段落?|{_PIECE}))?",
        rf"统计数(?:据|字)?|(?:数字|数据)多的?{_PIECE}|(?:用|拿|摆)(?:数字|数据)说话",
    ),
    PassageKind.CASE: (
        r"(?:(?:真实|活生生|实实在在|具体|生动|鲜活|典型|身边|感人|成功|失败|正面|反面|警示|经典|优秀|现实|实际|小|好)的?)?(?:案例|例子|实例|事例|故事)",
        r"真人真事|(?:做|搞|干|办)得(?:好|不好|差)的?典型|(?<=.的)典型|(?:反面|正面|身边)的?(?:典型|教材|人物|的?事)|感人的?事|(?:(?:先进|模范|典型|感人)的?)?事迹|活教材",
        r"举[一几个些]*例子?(?:说明)?|讲[一几]?个?小?故事",
    ),
}

_NAME = {kind: re.compile("|".join(names)) for kind, names in _NAMES.items()}
_APPEAL = re.compile(
    r"(?P<last>最后|结尾|末尾|临了)?(?:要|再|来)?(?:号召|倡议|呼吁|动员)"
    r"(?:(?:大家|全体|广大|所有|各位)(?=..)|(?=(?:全[市县区省国]|企业|群众|党员|干部|青年)))"
)
"""A verb that says by itself that an appeal is wanted: 号召大家保护耕地那段."""
_ONWARD = re.compile(r"过渡到(?=..)")
_AT_AN_END = re.compile(r"的?(?:(?P<last>最后|结尾|末尾)|开头|一开始)的?$")
"""Where in a speech a passage of a kind stands: 防汛最后喊口号那段."""
_WORDS_TOO = frozenset(["衔接", "过渡", "收尾", "呼吁", "事迹", "尾声", "承接"])
"""Names that stand at the end of matters: 有效衔接, 项目收尾, 英雄事迹. There they are names only behind a speech."""
_SPEECH_BEFORE = re.compile(r"(?:讲话|致辞|发言|演讲|报告|会议?|会上|稿|典礼|仪式|的)$")
_ASKING_CHARACTERS = frozenset("好的个段请求找有来给写")
_LONGEST, _LONGEST_WORD = 14, 5
_TAIL = re.compile(
    rf"(?:{_HOW}(?:写|说|讲)(?:才(?:能|会|够|显得)?.{{1,5}}|得?(?:比较|更)?(?:好|合适|出彩))?|{_HOW}(?:弄|表达|处理|用|拟|起|安排)|的?(?:模板|范例|范文|参考|借鉴|示例|写法|句子|内容|文字)|有吗|有没有|有么|来[一几]?[段个点些]|"
    r"(?:发|拿)?给我们?(?:看看|一下)?|参考(?:一下|下)|(?:找|搜|查|看|发)(?:一下|找|看)|(?:的|那种|之类)?(?:话|段落?|部分|句子?)|的|了|呢|啊|吧|吗|呀|哈|嘛|下|那种|之类|用|里|里面|中|上)$"
)
_REMARK = re.compile(
    rf"(?:要|得|能|最好|尽量)*(?:写|讲|说|弄)?得?(?:比较|更|最|很)?{STYLE}(?:一?[点些])?的?$"
)
"""How a passage is to be: 开头震撼一点."""
_JOINT = re.compile(r"^(?:的|式|里|讲|写|说|有关|关于|部分|部份|段落?|句子?|是?[^\w])")
_AND = re.compile(r"(?:和|加|与|及|还有|以及|跟|、)$")


def kind_named(word: str) -> PassageKind | None:
    """Returns the kind that people call so, None if it is no name of one."""
    return next((kind for kind, name in _NAME.items() if name.fullmatch(word)), None)


def taken_names(run: str) -> tuple[list[PassageKind], str]:
    """Returns the kinds that a run in normal form names, and what is left of it, its parts parted by blanks."""
    kinds: list[PassageKind] = []
    rest = run
    while rest and (found := _name_at_end(rest)):
        kind, rest = found
        kinds.append(kind)
        if place := _AT_AN_END.search(rest):
            kinds.append(PassageKind.CLOSING if place["last"] else PassageKind.OPENING)
            rest = rest[: place.start()]
        rest = _AND.sub("", rest)
    # 大数据 and 新数据 are matters; 好结尾 and 找结尾 ask.
    if len(rest) == 1 and rest not in _ASKING_CHARACTERS:
        kinds, rest = [], run
    if not kinds:
        kinds, rest = _name_at_start(run) or _verb(run) or ([], run)
    return list(dict.fromkeys(kinds)), rest


def _name_at_end(run: str) -> tuple[PassageKind, str] | None:
    while run:
        for at in range(max(0, len(run) - _LONGEST), len(run) - 1):
            if _splits_a_word(run, at):
                continue
            if run[at:] in _WORDS_TOO and at and not _SPEECH_BEFORE.search(run, 0, at):
                continue
            for kind, name in _NAME.items():
                if name.fullmatch(run, at):
                    return kind, run[:at]
        shorter = _TAIL.sub("", run)
        if shorter == run:
            shorter = _REMARK.sub("", run)
        if shorter == run:
            return None
        run = shorter
    return None


def _splits_a_word(run: str, at: int) -> bool:
    """Returns whether a word of three characters or more goes over a place: 数据 is no name in 大数据."""
    starts = range(max(0, at - _LONGEST_WORD + 1), at)
    return any(
        is_word(run[start:stop])
        for start in starts
        for stop in range(max(at + 1, start + 3), min(len(run), start + _LONGEST_WORD) + 1)
    )


def _name_at_start(run: str) -> tuple[list[PassageKind], str] | None:
    for stop in range(min(len(run), _LONGEST), 1, -1):
        for kind, name in _NAME.items():
            if name.fullmatch(run, 0, stop) and (stop == len(run) or _JOINT.match(run[stop:])):
                return [kind], _JOINT.sub("", run[stop:])
    return None


def _verb(run: str) -> tuple[list[PassageKind], str] | None:
    """Returns the kinds that a verb inside a run tells, and what stands before and behind it."""
    if appeal := _APPEAL.search(run):
        kinds = [PassageKind.CALL, *([PassageKind.CLOSING] if appeal["last"] else [])]
        return kinds, f"{run[: appeal.start()]} {_without_tails(run[appeal.end() :])}".strip()
    if onward := _ONWARD.match(run):
        return [PassageKind.TRANSITION], _without_tails(run[onward.end() :])
    return None


def _without_tails(run: str) -> str:
    while (shorter := _TAIL.sub("", run)) not in ("", run):
        run = shorter
    return run

"""Recognises the salutation of a speech: 同志们： and its like.

All examples in the comments are made up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jianggao.parsing.speaker import speaker_in
from jianggao.text.remembered_lines import remembered
from jianggao.text.simplified import simplified

_LONGEST_SALUTATION = 60
_LONGEST_CALL = 30
_SALUTATION_WORDS = re.compile(
    r"同志|代表|委员|朋友|先生|女士|来宾|嘉宾|老师|同学|同仁|同事|乡亲|战友|家长|校友|领导|前辈|青年|孩子|学员|居民"
    r"|村民|工友|战士|官兵|员工|伙伴|各位|大家|尊敬的|亲爱的|主席|主任|书记|校长|院长|新人|师傅|医生|护士|师生"
    r"|企业家|劳模|工作者|医务人员|教职员?工|职工|干警|民警|志愿者|市民|群众|党员|干部|父老|子弟|骑手|司机|农友|读者|教师"
    r"|诸位|诸君|大伙|弟兄|兄弟|姐妹|姊妹|家人们|亲人|亲友|街坊|邻居|乡邻|老乡|同胞|叔叔|阿姨|爷爷|奶奶|大爷|大娘|爷们|长辈"
    r"|学长|学姐|学弟|学妹|学子|新生|毕业生|少年|娃娃|小伙子|姑娘|队友|队员|选手|会员|社员|股东|客人|听众|观众|网友|球迷|车友|棋友|同行们"
)
_CALLED = re.compile(
    r"们$|^[各诸]位|诸君$|^尊敬的|^亲爱的|同志$|朋友$|代表$|委员$|同仁$|来宾$|老师$|同学$|乡亲$|大家好?$|大伙儿?$"
)
"""What the last part of a salutation looks like: it names people (老师们、|同学们：)."""
# 全市广大医务工作者, 全体教职员工
_CALLED_TOGETHER = re.compile(
    r"(?:奋战[在于].{2,16}的|全[国省市县区州乡镇村校院厂局社旗](?:各族|各界|各行各业)?)?(?:广大|全体|各位|各族)?[一-鿿]{0,10}"
    r"(?:工作者|医务人员|教职员?工|职工|干警|民警|志愿者|市民|群众|居民|村民|农民|党员|干部|父老乡亲|子弟|骑手|司机|农友|读者|教师|师生"
    r"|官兵|员工|家长|学生)"
)
_ALL_OF_THEM = re.compile(r"广大|全体|各族|奋战")
_SAYS_SOMETHING = re.compile(r"[我你他](?!的|们的)|请|祝|谢|欢迎|审议|汇报|参加|出席|现在")
"""Words of a sentence that is addressed to people but doesn't only call them: 各位代表，现在我作报告！"""
_EVERYBODY = re.compile(r"(?:大家|大伙儿?|[各诸]位)(?:好|们)?$")
_CALLS_EVERYBODY = re.compile(
    r"(?:.{0,16}[的位]|全体|敬爱|亲爱|同志|同学|我)?(?:大家|大伙儿?|[各诸]位)(?:好|们)?"
)
"""大家 and 亲爱的大家, but not 先把底交给大家: there it is the object of a verb."""
_TELLS = re.compile(
    r"告诉|告知|转告|提醒|奉劝|拜托|托付|嘱咐|叮嘱|交代|请教|问问|问一问|求求|感谢|谢谢|祝愿|祝福|对不起|麻烦|委屈|号召|劝(?!业|学)"
    r"|(?<=[^供补自])给|(?:我|先|就|再|还|想|要|来|今天|今晚|现在|这里|在此|这次|只|也|都|最后)(?:要|想|再|先|来|得|该)?[跟向对问](?!阳|前)"
)
"""Verbs whose object the people are: 今天想问问同学们： calls nobody."""
_SALUTATION_END = re.compile(r"[：:！!]$")
_NO_SALUTATION = re.compile(
    # A sentence or another call inside, or what announces points: 同志们要做好三件事：
    r"[。；：:！!]|[一二三四五六七八九十两\d]+(?:点|条|个方面|件事|句话|个字)|如下|下面|讲话$|报告$"
    # Reported speech (方书记强调：) and greetings (欢迎各位来宾！)
    r"|强调|提出|要求|指出|讲|^欢迎|^感谢"
)
_CALLS_MANY = re.compile(r"们|各位|全体|广大|尊敬|敬爱|亲爱|大家|诸位|[，,。]")
_GREETING = re.compile(
    r"(?:大家|各位|你们|您们?|同志们|同学们)?(?:上午|下午|早上|晚上|中午|新年|节日)?好[！!。]?"
)
_CALL_FIRST = re.compile(r"([一-鿿、]{2,16})[，,！!：:]")
_MOST_LINES = 12
"""Lines of a salutation above and below one that is looked at: who lists more calls nobody."""
SPACED_OUT = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
# 老 师 们 、 同 学 们 ：
_SPACED_SIGNS = re.compile(r"\s+(?=[、，,：:！!])|(?<=[、，,])\s+")


def whole_salutation(lines: Sequence[str], at: int) -> tuple[int, int]:
    """Returns the span of the salutation around line `at`: 尊敬的各位来宾， / 女士们、先生们："""
    start, stop = at, at + 1
    first, last = max(0, at - _MOST_LINES), min(len(lines), at + _MOST_LINES)
    while (
        start > first
        and re.search(r"[，,、]$", lines[start - 1])
        and is_salutation(lines[start - 1][:-1] + "：")
    ):
        start -= 1
    # 大家好！ below 同志们： is the first sentence of the speech.
    while stop < last and is_salutation(lines[stop]) and not _GREETING.fullmatch(lines[stop]):
        stop += 1
    return start, stop


@remembered
def is_salutation(line: str) -> bool:
    """Returns whether the line only calls on people and ends with ： or ！, as 同志们： does."""
    line = SPACED_OUT.sub("", _SPACED_SIGNS.sub("", simplified(line[: 2 * _LONGEST_SALUTATION])))
    if (
        len(line) > _LONGEST_SALUTATION
        or not _SALUTATION_END.search(line)
        or not _SALUTATION_WORDS.search(line)
    ):
        return False
    inner = line[:-1]
    if _NO_SALUTATION.search(inner):
        return False
    parts = re.split(r"[，,、\s]", inner)
    called = parts[-1]
    if _is_object(called):
        return False
    return (
        # The last part decides: 各位领导，同志们： only calls on people, 同志们，水来了！ says something.
        (bool(_CALLED.search(called)) and not _SAYS_SOMETHING.search(called))
        # 各位来宾、方书记： ends with a name that _CALLED doesn't know.
        or (
            ("各位" in inner or "诸位" in inner)
            and not _SAYS_SOMETHING.search(inner)
            and not any(map(_is_object, parts))
        )
        or inner.startswith(("尊敬的", "敬爱的", "亲爱的"))
        or (all(map(_CALLED_TOGETHER.fullmatch, parts)) and bool(_ALL_OF_THEM.search(inner)))
    )


def names_the_speaker(line: str) -> bool:
    """Returns whether a line with a colon says who speaks, and calls nobody: 学生代表：方小川, but not 同学们：安静."""
    if len(line) > _LONGEST_SALUTATION:
        return False
    role, colon, behind = line.replace("：", ":").partition(":")
    if not colon or _CALLS_MANY.search(simplified(role)) or line.endswith(("。", "！", "？")):
        return False
    name = speaker_in(line)
    return bool(name) and behind.strip().startswith(name)


def _is_object(called: str) -> bool:
    """Returns whether a clause that ends with people says what is done to them: 先把底交给大家, 今天想问问同学们."""
    if _TELLS.search(called):
        return True
    return bool(_EVERYBODY.search(called)) and not _CALLS_EVERYBODY.fullmatch(called)


def is_call_alone(line: str) -> bool:
    """Returns whether a line calls on people with a comma, as a letter does: 亲爱的同学们，."""
    return len(line) <= _LONGEST_CALL and line.endswith(("，", ",")) and is_salutation(line[:-1] + "：")


def begins_with_call(line: str) -> bool:
    """Returns whether a paragraph begins with a call and goes on: 弟兄们，水来了。"""
    call = _CALL_FIRST.match(line[:_LONGEST_CALL])
    return call is not None and is_salutation(f"{call[1]}：")


@remembered
def set_close(line: str) -> str:
    """Returns 同 志 们： and 讲 话 without their blanks, any other line as it is."""
    return (
        line.replace(" ", "")
        if re.fullmatch(r"(?:[一-鿿] [、，,：:！!]? ?)+[一-鿿]? ?[：:！!]?", line)
        else line
    )

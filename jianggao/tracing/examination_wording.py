"""Words an examination in Chinese: which texts leaked, whom they point to, how sure that is, what that
doesn't mean, and what would help. The findings of resale reports store these words as they are."""

from __future__ import annotations

from datetime import datetime, tzinfo
from fractions import Fraction

from jianggao.membership.account_history import NO_HISTORIES, Histories, described, holder
from jianggao.text.quoting import quoted
from jianggao.tracing.accusations import Confidence, Rule
from jianggao.tracing.examination import Examination, ExaminedText, NamedMember, ShownToGroup

ONLY_A_LEAD = (
    "这只是线索，不是证据：账号可能借给了别人、被盗，或有人拿别人的副本栽赃。先听本人说明，再作决定。"
)
MAY_BE_ANOTHERS = "（账号可能被他人使用，请先听本人说明）"
_LISTED_TIMES = 3
"""The last so many times at which copies went to a member are listed."""
_SMALLEST_CHANCE = 10**16
"""A chance of one in more than this is written as one in this: nobody reads a number of forty digits."""
_LONGEST_NAME = 40
TOO_MUCH = "这次的内容太多（一次最多看 100 万字）。请把它单独溯源"
TOO_LATE = "前面的文件读得太久，没有轮到它。请把它单独溯源"
SOME_TEXT_LEFT_OUT = "粘贴的文字太多（一次最多看 100 万字），后面的没有看。请分几次溯源。"
_NO_TEXT = "没有找到对应的讲稿：内容太少，或改写得太多。至少发两三百字原样的文字。"
_RULES = {
    Rule.ALL: "",
    Rule.PUNCTUATION: "（只看标点）",
    Rule.BREAKS: "（只看分段）",
    Rule.TRIPLE: "（按几人合拼的情形看）",
    Rule.FILE: "",
}


def unread(number: int, name: str, reason: str) -> str:
    """Returns the line for a file that wasn't examined; `number` counts the files from 1. The name is quoted:
    whoever made the file chose it, and it could read like a sentence of the bot."""
    return f"第 {number} 个文件{quoted(name, _LONGEST_NAME)}没有读：{reason}。"


def examination(examined: Examination, zone: tzinfo, known: Histories = NO_HISTORIES) -> str:
    """Returns the whole answer, times in `zone`. `known` has the names and transfers of the accounts in
    it."""
    if not examined.texts and not examined.named:
        return f"无法判定。{_NO_TEXT}"
    lines = ["外传的内容出自："]
    lines += [_text(text) for text in examined.texts]
    lines.append(f"收到过的有 {examined.suspects} 人；近一年第 {examined.ordinal} 次溯源。")
    lines += [_shown_in(shown) for shown in examined.shown_in]
    if examined.confidence is Confidence.CANNOT_TELL:
        lines.append(f"无法判定。{_what_helps(examined)}")
        return "\n".join(lines)
    lines += [
        _named(member, zone, known, by_hash=examined.by_hash and place == 0)
        for place, member in enumerate(examined.named)
    ]
    lines.append(ONLY_A_LEAD)
    if examined.confidence is Confidence.STRONG:
        # Marks name the account of that time; who is suspended is the one that has the subscription now.
        now = holder(examined.named[0].account, known)
        lines.append(f"要停用，复制这一行：\n停用 {now} 转卖会员资料\n{MAY_BE_ANOTHERS}")
    return "\n".join(lines)


def _text(text: ExaminedText) -> str:
    return (
        f"{text.number}《{text.title}》（第 {text.edition} 版，占 {text.share:.0%}），读出 {text.read} 处标记"
    )


def _named(member: NamedMember, zone: tzinfo, known: Histories, *, by_hash: bool) -> str:
    accused = member.accusation
    how = ["文件和他收到的完全一样，别人没有同样的"] if by_hash else []
    if accused.rule is not Rule.FILE:
        how.append(f"{accused.places} 处里有 {accused.agreeing} 处和他的副本一致{_RULES[accused.rule]}")
    how.append(f"无辜的人碰巧如此的可能不超过 {_chance(accused.probability)}")
    grade = "强线索" if accused.confidence is Confidence.STRONG else "线索"
    return f"{grade}：QQ {described(member.account, known, zone)}。{'；'.join(how)}。{_times(member.times, zone)}"


def _shown_in(shown: ShownToGroup) -> str:
    accused = shown.accusation
    return (
        f"来处：会员群 {shown.where.group}，{shown.where.day} 在群里发过"
        f"（{accused.places} 处里有 {accused.agreeing} 处一致，"
        f"碰巧如此的可能不超过 {_chance(accused.probability)}）。群里人人看到的相同，指不出是谁。"
    )


def _times(times: tuple[datetime, ...], zone: tzinfo) -> str:
    if not times:
        return ""
    minutes = list(dict.fromkeys(f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at in times))
    shown = "、".join(minutes[-_LISTED_TIMES:])
    more = f" 等 {len(times)} 次" if len(minutes) > _LISTED_TIMES else ""
    return f"发给他的时间：{shown}{more}"


def _chance(probability: Fraction) -> str:
    """Returns the chance as one in so many (百万分之一), which people grasp better than powers of ten."""
    return f"{_in_words(min(probability.denominator // probability.numerator, _SMALLEST_CHANCE))}分之一"


def _in_words(number: int) -> str:
    for size, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if number >= size:
            return f"{number // size} {name}"
    return str(number)


def _what_helps(examined: Examination) -> str:
    read = sum(text.read for text in examined.texts)
    # The first reason that applies is the one that the operator can do something about.
    if not examined.suspects:
        return "没有发出过这篇的带标记副本。"
    if examined.known_files:
        return (
            "有文件和发出过的完全一样，但标记太少，知道文字的人都凑得出，不能算在谁头上。更长的几篇会有帮助。"
        )
    if read == 0:
        return "标记一处也读不出：分段和标点都被改过，或是没有标记的原文。换一份改动少的再试。"
    return "读出的标记不够多。更长的一份、没有改过分段的一份，或同一个人外传的其他几篇一起发来，会有帮助。"

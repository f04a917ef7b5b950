"""Makes what a hostile crowd says in one message, and says whether the rules (docs/rules.md) promise it an
answer.

Everything is drawn from a random source that comes in: the same seed gives each person the same words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from hostile_queries import WORDS, query
from implementation import SELF, Sent

VISITOR, MEMBER, REPORTER = 30_001, 20_001, 30_501
CROWD = tuple(range(30_101, 30_121))
IGNORED = 39_999
FREE_GROUPS = tuple(range(700_001, 700_007))
MEMBER_GROUPS = tuple(range(700_101, 700_104))
UNBOUND_GROUP = 700_900
SPEECHES = 45
"""Numbers of speeches are drawn up to this; those that aren't there are asked for too."""

Segments = list[dict[str, Any]]


class Due(Enum):
    """What the rules promise."""

    ANSWER = "an answer"
    SILENCE = "silence"


@dataclass
class Call:
    """One message of one person. `is_answer` tells the answer from other things that the call sends (a file
    before it); a `brief` answer is never a forward, which quotes nothing and so can't be told from
    another's."""

    kind: str
    said: Segments
    group: int | None = None
    due: Due = Due.ANSWER
    fields: dict[str, Any] = field(default_factory=dict)
    is_answer: Callable[[Sent], bool] = lambda sent: True
    brief: bool = False
    answer: str = ""
    """What was answered, for those who go on from there."""

    @property
    def text(self) -> str:
        return "".join(str(part["data"].get("text", "")) for part in self.said)


def text(typed: str) -> Segments:
    """A message of text alone."""
    return [{"type": "text", "data": {"text": typed}}]


# --- what anyone says ---------------------------------------------------------------------------------------


def number(rng: random.Random) -> str:
    """A section's number in one of the forms, mostly one that is there."""
    speech, section = rng.randint(1, SPEECHES), rng.randint(1, 30)
    return rng.choice(
        (
            f"{speech}.{section}",
            f"{speech}-{section}",
            f"第{speech}篇第{section}段",
            f"{speech}。{section}",
            f"{speech}",
        )
    )


def _pages(rng: random.Random) -> str:
    return rng.choice(("下一页", "上一页", "下页", "上页", "/下一页"))


def _reading(rng: random.Random) -> tuple[str, str]:
    """A command of reading, and what is typed."""
    word = rng.choice(WORDS)
    return rng.choice(
        (
            ("段落", f"段落 {number(rng)}"),
            ("段落", f"段落 {number(rng)}"),
            ("随机", rng.choice(("随机", f"随机 {word}", "来一段", "随机 " + "讲" * 400))),
            ("提纲", f"提纲 {rng.randint(1, SPEECHES)}"),
            ("提纲 主题", f"提纲 {word}"),
            ("金句", rng.choice(("金句", f"金句 {word}"))),
            ("相近", f"相近 {number(rng)}"),
            ("pages", _pages(rng)),
            ("pages", _pages(rng)),
        )
    )


def _wrong(rng: random.Random) -> tuple[str, str]:
    return "wrong use", rng.choice(
        (
            "段落",
            "段落 一二三",
            "段落 999999999.999999999",
            "相近 0.0",
            "全文 abc",
            "全文 1 照片",
            "全文 999999999",
            "提纲 0",
            "提纲",
            "检索",
            "帮助 帮助 帮助",
            "帮助 开通",
            "相近",
            "全文 1 2 3 文本",
        )
    )


def ordinary(rng: random.Random) -> tuple[str, str]:
    """A command that everyone has."""
    lot = rng.random()
    if lot < 0.45:
        kind, typed = query(rng)
        return f"检索 {kind}", f"{rng.choice(('检索', '搜索', '检索'))} {typed}"
    if lot < 0.8:
        return _reading(rng)
    if lot < 0.9:
        return _wrong(rng)
    return rng.choice(
        (
            ("about me", "我的会员"),
            ("about me", rng.choice(("订阅", "会员", "怎么订阅"))),
            ("帮助", rng.choice(("帮助", "菜单", "帮助 检索", "help"))),
            ("全文", f"全文 {rng.randint(1, SPEECHES)}"),
        )
    )


def _dressed(rng: random.Random, typed: str) -> Segments:
    """The same words as people send them: quoted, behind an @, with a slash."""
    lot = rng.random()
    if lot < 0.1:
        return [{"type": "reply", "data": {"id": str(rng.randint(1, 10**12))}}, *text(typed)]
    if lot < 0.2:
        return [{"type": "at", "data": {"qq": str(SELF)}}, *text(" " + typed)]
    return text("/" + typed if lot < 0.3 and not typed.startswith("/") else typed)


def anywhere(rng: random.Random, groups: tuple[int, ...]) -> Iterator[Call]:
    """One command in private or in a group."""
    kind, typed = ordinary(rng)
    if rng.random() < 0.4:
        yield Call(kind, text(typed))
    else:
        yield Call(kind, _dressed(rng, typed), rng.choice(groups))


def free_text(rng: random.Random) -> Iterator[Call]:
    """In private any text is a search, and a bare number a section."""
    kind, typed = query(rng)
    plain = typed.strip().lstrip("/\u200b") or "台账"
    typed = rng.choice((number(rng), "看看 " + plain))
    yield Call("检索 long letters" if kind == "long letters" else "free text", text(typed))


def full_text(rng: random.Random, groups: tuple[int, ...]) -> Call:
    """全文 in any form, in private or in a group."""
    form = rng.choice(("", " 文本", " 文档", " 转发"))
    group = rng.choice((None, None, *groups))
    return Call("全文" + form, text(f"全文 {rng.randint(1, SPEECHES)}{form}"), group)


def burst(rng: random.Random, groups: tuple[int, ...]) -> Iterator[Call]:
    """Questions at the same moment; each answer names its own number."""
    group = rng.choice((None, rng.choice(groups)))
    for _ in range(rng.randint(3, 10)):
        asked = str(rng.randint(10_000_000, 99_999_999))
        answers = _naming(asked) if group is None else (lambda sent: True)
        yield Call("burst", text(f"段落 {asked}.1"), group, is_answer=answers, brief=True)


def _naming(asked: str) -> Callable[[Sent], bool]:
    return lambda sent: asked in sent.text


def silent(rng: random.Random) -> Iterator[Call]:
    """What the rules answer with silence."""
    quiet = [
        Call(
            "chatter",
            text(rng.choice(("收到", "今天的材料谁写完了", "检索表在哪", "全文背诵", "段落分明"))),
            FREE_GROUPS[0],
        ),
        Call("unbound group", text(ordinary(rng)[1]), UNBOUND_GROUP),
        Call("others' words", text(rng.choice(("开通 12345 1年", "停用 12345", "溯源", "备份", "举报列表")))),
        Call("others' words", text("绑定免费群"), rng.choice(FREE_GROUPS)),
        Call("others' words", text(f"开通 {VISITOR} 1年"), rng.choice(MEMBER_GROUPS)),
        Call("slash of nothing", text("/" + rng.choice(("start", "roll 6", "重启")))),
        Call("temporary session", text("检索 台账"), fields={"sub_type": "group"}),
        Call("anonymous", text("检索 台账"), FREE_GROUPS[0], fields={"sub_type": "anonymous"}),
        Call("forward alone", [{"type": "forward", "data": {"id": "1"}}]),
        Call("own message", text("检索 台账"), fields={"user_id": SELF}),
        Call("ignored account", text("检索 台账"), fields={"user_id": IGNORED}),
    ]
    call = rng.choice(quiet)
    call.due = Due.SILENCE
    yield call


def old(rng: random.Random) -> Iterator[Call]:
    """A message of an hour ago is told to be old."""
    yield Call("old message", text("检索 台账"), rng.choice(FREE_GROUPS), fields={"age": 3_600.0}, brief=True)

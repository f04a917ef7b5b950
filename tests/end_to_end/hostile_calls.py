"""What a hostile crowd says, and whether the rules (docs/rules.md, Admission and Commands) promise it an answer.

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
from process import SUPERUSER

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
    """One message of one person. `is_answer` tells the answer from other things that the call sends (a file before it);
    a `brief` answer is never a forward, which quotes nothing and so can't be told from another's."""

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


# --- what anyone says -------------------------------------------------------------------------------------------------


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
    one = rng.choice(quiet)
    one.due = Due.SILENCE
    yield one


def old(rng: random.Random) -> Iterator[Call]:
    """A message of an hour ago is told to be old."""
    yield Call("old message", text("检索 台账"), rng.choice(FREE_GROUPS), fields={"age": 3_600.0}, brief=True)


# --- a report ---------------------------------------------------------------------------------------------------------

_FILES = (
    "plain",
    "brackets",
    "stops",
    "docx",
    "zip",
    "empty",
    "binary",
    "not base64",
    "number",
    "none",
    "list",
)
_REFUSED = ("failed", "no call", "file address", "closed address", "nothing")


def evidence(rng: random.Random) -> Segments:
    """A text, a picture, a file or a forward, of odd kinds too. What the account gives for the ids is in
    `hostile_files`."""
    what = rng.choice((*_FILES, *_REFUSED))
    return rng.choice(
        (
            text("".join(rng.choices("讲话稿材料会员外传卖，。\n", k=rng.choice((20, 800, 4_000))))),
            [
                {
                    "type": "image",
                    "data": {"file": f"{what}.png", "file_size": str(rng.choice((1, 10**12)))},
                }
            ],
            [
                {
                    "type": "file",
                    "data": {
                        "file": f"{what}{rng.choice(('.md', '.txt', '.docx', '.zip', ''))}",
                        "file_id": what,
                    },
                }
            ],
            [{"type": "file", "data": {"file": "../../x", "file_id": what, "name": "\x00\n../" + "n" * 300}}],
            [{"type": "image", "data": {"file": what, "url": "http://127.0.0.1:9/x"}}, *text("看图")],
            [
                {
                    "type": "forward",
                    "data": {"id": rng.choice(("nodes", "deep", "failed", "none", "list", "number"))},
                }
            ],
            [{"type": "json", "data": {"data": "{}"}}],
            [{"type": "face", "data": {"id": "1"}}],
        )
    )


_ASKED_ON = ("请告诉我是谁", "请发材料", "接着发", "没有收下")
"""What is said where a dialogue is open."""


def report(rng: random.Random) -> Iterator[Call]:
    """A dialogue of 举报, begun and then finished, cancelled, or left and taken up again between other things."""
    begin = rng.choice(
        ("举报", "举报 12345678", f"举报 QQ {rng.randint(10_000, 10**10)}", "举报 某店 " + "x" * 300)
    )
    first = Call("举报", text(begin))
    yield first
    for _ in range(rng.randint(0, 6)):
        piece = Call("举报 evidence", evidence(rng))
        if not any(word in first.answer for word in _ASKED_ON) and piece.said[0]["type"] == "forward":
            piece.due = Due.SILENCE  # no dialogue was opened: a forward commands nothing
        yield piece
        if rng.random() < 0.2:
            yield from (Call(*_in_a_group(rng)),)
    # After 完成 that found something missing the dialogue is still open: 取消 ends it, and is a search where it isn't.
    yield Call("举报 end", text(rng.choice(("完成", "取消", "完成"))))
    yield Call("举报 end", text("取消"))


def _in_a_group(rng: random.Random) -> tuple[str, Segments, int]:
    kind, typed = ordinary(rng)
    return kind, text(typed), rng.choice(FREE_GROUPS)


# --- the operator -----------------------------------------------------------------------------------------------------


def operator(rng: random.Random) -> Iterator[Call]:
    """One of the operator's commands, in private or in a group."""
    case, account = rng.randint(1, 12), str(rng.choice((*CROWD, 12_345)))
    typed = rng.choice(
        (
            "举报列表",
            f"举报列表 {rng.randint(0, 3)}",
            f"查看举报 {case}",
            f"通过举报 {case}",
            f"通过举报 {case} 仍奖励 截图能确认",
            f"通过举报 {case} 不奖励",
            f"驳回举报 {case} 看不出来",
            f"重审 {case}",
            f"会员查询 {account}",
            "会员列表",
            "会员列表 99999",
            "到期清单 365",
            "操作记录",
            f"操作记录 {account} 2",
            f"能看 {account} {rng.randint(1, SPEECHES)}",
            f"开通 {account} 1年 {'备注' * 50}",
            f"续期 {account} 1月",
            f"停用 {account} 外传",
            f"恢复 {account}",
            f"撤销 {rng.randint(2, 50)}",
            "撤销 abc",
            "开通 1 1年",
            "查看报告",
            "群列表",
            "绑定免费群",
            "下架 9999",
        )
    )
    # Giving and taking away is said of the crowd alone, who never wait for a member's text: an answer may be withheld
    # when its asker's access changes while it waits.
    yield Call("operator", text(typed), rng.choice((None, None, FREE_GROUPS[0], MEMBER_GROUPS[0])))


def housekeeping(rng: random.Random) -> Iterator[Call]:
    """What is heavy for the bot: rarely said."""
    yield Call("operator heavy", text(rng.choice(("备份", "重新载入"))))


def piece(rng: random.Random) -> Iterator[Call]:
    """A piece of evidence comes as a file first, and then the answer says so."""
    asked = f"查看举报 {rng.randint(1, 8)}.{rng.randint(1, 4)}"
    yield Call("operator piece", text(asked), is_answer=lambda sent: sent.action != "upload_private_file")


def trace(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """溯源: at once, or over several messages of which only the first is answered."""
    leaked = rng.choice(seen) if seen else "讲" * 300
    if rng.random() < 0.5:
        yield Call("溯源", text(f"溯源 {leaked}"))
        return
    yield Call("溯源", text("溯源"))
    yield Call("溯源", text(leaked))
    for _ in range(rng.randint(0, 3)):
        yield Call("溯源 more", text(rng.choice(seen) if seen else "稿" * 300), due=Due.SILENCE)
    if rng.random() < 0.5:
        name = rng.choice(_FILES)
        yield Call("溯源 file", [{"type": "file", "data": {"file": name + ".txt", "file_id": name}}])
    yield Call("溯源 end", text(rng.choice(("完成", "取消"))))


# --- who says what ----------------------------------------------------------------------------------------------------


def by_visitor(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """A visitor: every command, and what is met with silence."""
    lot = rng.random()
    if lot < 0.7:
        yield from anywhere(rng, (*FREE_GROUPS, *MEMBER_GROUPS))
    elif lot < 0.8:
        yield from free_text(rng)
    elif lot < 0.85:
        yield from burst(rng, FREE_GROUPS)
    elif lot < 0.97:
        yield from silent(rng)
    else:
        yield from old(rng)


def by_member(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """A member: full texts too."""
    if rng.random() < 0.6:
        yield from by_visitor(rng, seen)
        return
    yield full_text(rng, (*MEMBER_GROUPS, FREE_GROUPS[0]))


def by_reporter(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """A reporter: dialogues, and everything else."""
    yield from report(rng) if rng.random() < 0.5 else by_visitor(rng, seen)


def by_operator(rng: random.Random, seen: list[str]) -> Iterator[Call]:
    """The operator, whose words change things."""
    lot = rng.random()
    if lot < 0.55:
        yield from operator(rng)
    elif lot < 0.65:
        yield from piece(rng)
    elif lot < 0.8:
        yield from trace(rng, seen)
    elif lot < 0.82:
        yield from housekeeping(rng)
    else:
        yield from anywhere(rng, (*FREE_GROUPS, *MEMBER_GROUPS))


PEOPLE: dict[int, Callable[[random.Random, list[str]], Iterator[Call]]] = {
    VISITOR: by_visitor,
    MEMBER: by_member,
    REPORTER: by_reporter,
    SUPERUSER: by_operator,
    **dict.fromkeys(CROWD, by_visitor),
    **dict.fromkeys(CROWD[-4:], by_reporter),
}
"""One visitor, twenty visitors (four of whom report), a member, a reporter, the operator."""

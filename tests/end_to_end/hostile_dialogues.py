"""Makes what a hostile crowd says over several messages: reports with evidence, and the operator's commands
on them.

Everything is drawn from a random source that comes in: the same seed gives each person the same words.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from hostile_calls import CROWD, FREE_GROUPS, MEMBER_GROUPS, SPEECHES, Call, Due, Segments, ordinary, text

# --- a report -----------------------------------------------------------------------------------------------

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
    """A dialogue of 举报, begun and then finished, cancelled, or left and taken up again between other
    things."""
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
    # After 完成 that found something missing the dialogue is still open: 取消 ends it, and is a search where
    # it isn't.
    yield Call("举报 end", text(rng.choice(("完成", "取消", "完成"))))
    yield Call("举报 end", text("取消"))


def _in_a_group(rng: random.Random) -> tuple[str, Segments, int]:
    kind, typed = ordinary(rng)
    return kind, text(typed), rng.choice(FREE_GROUPS)


# --- the operator -------------------------------------------------------------------------------------------


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
    # Giving and taking away is said of the crowd alone, who never wait for a member's text: an answer may be
    # withheld when its asker's access changes while it waits.
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

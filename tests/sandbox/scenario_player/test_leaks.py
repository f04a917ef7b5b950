"""A `leak` step sends on the right text, the right part of it, cleaned and edited as it says."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from jianggao.errors import WrongUse
from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import Chat, ForwardNode, World
from jianggao.sandbox.scenario_player import leaks
from jianggao.sandbox.scenario_player.steps import read_scenario
from jianggao.tracing.digest import NOTICE

START = datetime(2026, 3, 18, tzinfo=timezone.utc)
MINE = Chat("private", cast.MEMBER)
TEXT = f"{NOTICE}\n\n在渠首的讲话\n\n　　第一段，说水。\n　　第二段，说人；\n　　第三段，说账。\n\n{NOTICE}\n"


@pytest.fixture
def world() -> World:
    """A member has asked for 2, 12 and 1 (as a forward), in this order."""
    world = World(cast.BOT, lambda: START)
    cast.populate(world)
    for number in (2, 12):
        world.say(cast.MEMBER, MINE, [{"type": "text", "data": {"text": f"全文 {number} 文本"}}])
        world.send_file(cast.BOT, MINE, f"{number}.txt", f"第{number}篇的题目\n{TEXT}".encode("utf-8-sig"))
    world.say(cast.MEMBER, MINE, [{"type": "text", "data": {"text": "全文1 转发"}}])
    world.send_forward(
        cast.BOT, MINE, [ForwardNode(cast.BOT, "机器人", START, part) for part in ("上半", "下半")]
    )
    world.say(cast.BOT, MINE, [{"type": "text", "data": {"text": "还有什么要看的"}}])
    return world


def test_the_newest_or_by_number_or_by_words_of_it(world: World) -> None:
    def found(speech: str | None) -> str:
        return leaks.text_of(world, leaks.received_full_text(world, cast.MEMBER, speech))

    assert found(None) == found("1") == "上半\n下半"
    assert found("2").startswith("第2篇") and found("12").startswith("第12篇")
    assert found("第2篇的题目").startswith("第2篇")
    for account, speech in ((cast.MEMBER, "3"), (cast.SECOND_MEMBER, None)):
        with pytest.raises(ValueError, match="没有收到过"):
            leaks.received_full_text(world, account, speech)


def test_a_file_is_sent_on_byte_by_byte_and_a_forward_is_none(world: World) -> None:
    name, content = leaks.file_of(world, leaks.received_full_text(world, cast.MEMBER, "2"))
    assert (name, content) == ("2.txt", f"第2篇的题目\n{TEXT}".encode("utf-8-sig"))
    with pytest.raises(ValueError, match="不是文件"):
        leaks.file_of(world, leaks.received_full_text(world, cast.MEMBER, "1"))


def test_cleaned_of_notices_blanks_and_widths() -> None:
    assert leaks.altered(TEXT, "whole", 0, cleaned=False) == TEXT
    assert leaks.altered(TEXT, "whole", 0, cleaned=True) == (
        "在渠首的讲话\n第一段,说水。\n第二段,说人;\n第三段,说账。"
    )


def test_the_middle_third_and_edits_of_so_many_in_a_hundred() -> None:
    text = "".join(chr(0x4E00 + at) for at in range(900))
    assert leaks.altered(text, "third", 0, cleaned=False) == text[300:600]
    edited = leaks.altered(text, "whole", 20, cleaned=False)
    assert edited == leaks.altered(text, "whole", 20, cleaned=False)
    assert 120 < sum(a != b for a, b in zip(text, edited, strict=True)) < 240


def test_pasted_in_messages_cut_at_line_ends_where_there_are_any() -> None:
    text = "\n".join(f"{at:03}" + "字" * 900 for at in range(8))
    pieces = list(leaks.split_into_messages(text))
    assert "\n".join(pieces) == text
    assert [len(piece) <= leaks.MESSAGE_LENGTH for piece in pieces] == [True] * 3
    flat = text.replace("\n", "")
    assert "".join(leaks.split_into_messages(flat)) == flat
    assert max(map(len, leaks.split_into_messages(flat))) == leaks.MESSAGE_LENGTH


@pytest.mark.parametrize("more", ["part: third", "cleaned: true", "edited: 5"])
def test_an_untouched_file_cannot_be_touched(more: str) -> None:
    with pytest.raises(WrongUse, match="原样的文件"):
        read_scenario(f"steps: [{{leak: {{of: 会员, as: 管理员, how: file, {more}}}}}]", "scenario.yaml")

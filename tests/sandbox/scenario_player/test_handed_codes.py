"""What a scenario says may hold codes that the bot handed over."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from jianggao.redeem_codes.code_form import new_code
from jianggao.sandbox import cast
from jianggao.sandbox.scenario_player.handed_codes import with_codes

OLD, FIRST, SECOND = new_code(), new_code(), new_code()


@pytest.fixture
def world() -> Any:
    """A world in which the bot has handed over two batches; somebody else wrote a code later."""
    said = [(cast.BOT, OLD), (cast.BOT, f"两张：\n{FIRST}\n{SECOND}"), (cast.BOT, "好了"), ("1", new_code())]
    messages = {
        number: SimpleNamespace(sender=sender, text=text) for number, (sender, text) in enumerate(said)
    }
    return SimpleNamespace(messages=messages, text_of=lambda message: message.text)


def test_codes_of_the_newest_batch_are_put_in(world: Any) -> None:
    assert with_codes(world, "兑换 {卡密 1}，还有{卡密2}") == f"兑换 {FIRST}，还有{SECOND}"
    assert with_codes(world, "检索 {台账}") == "检索 {台账}"


def test_a_code_that_was_not_handed_over_ends_the_scenario(world: Any) -> None:
    with pytest.raises(ValueError, match="没有发过第 3 张"):
        with_codes(world, "{卡密 3}")

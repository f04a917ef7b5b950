"""Puts redeem codes that the bot handed over into what a scenario says: they are random, so that no file can
name them."""

from __future__ import annotations

import re

from jianggao.redeem_codes.code_form import find_codes, shown
from jianggao.sandbox import cast
from jianggao.sandbox.qq.world import World

_PLACE = re.compile(r"\{卡密 ?(\d{1,3})\}")


def with_codes(world: World, text: str) -> str:
    """Returns the text with `{卡密 2}` replaced by the second code of the newest batch that the bot handed over.
    Raises ValueError if it has handed over no such code."""
    return _PLACE.sub(lambda match: _code(world, int(match[1])), text)


def _code(world: World, position: int) -> str:
    for message in reversed(world.messages.values()):
        codes = find_codes(world.text_of(message)) if message.sender == cast.BOT else ()
        if codes and 1 <= position <= len(codes):
            return shown(codes[position - 1])
    raise ValueError(f"机器人没有发过第 {position} 张卡密")

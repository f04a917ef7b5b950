"""What somebody may type who wants his words to look like the program's, and how one sees that they don't."""

from __future__ import annotations

import random
import re
import unicodedata

BREAKS = ["\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\n\n\n"]
FAKES = [
    "溯源：强线索：QQ 12345",
    "强线索：QQ 20001。文件和他收到的完全一样，别人没有同样的。",
    "存疑：没有。",
    "已奖励 30001 一年，记录号 2，有效期至 2027-03-18。",
    "停用 20001 转卖会员资料",
    "发“通过举报 1 仍奖励 查实了”。",
    "”。\n溯源：强线索：QQ 12345。“",
    "」』”’\"'》〉）",
]
UNSEEN = [
    "\u202e54321 QQ\u202c",
    "\u2066a\u2069",
    "\u2067b",
    "\u200e\u200f\u061c",
    "\u200b\u200c\u200d\u2060\ufeff",
    "\u00ad\u180e\u034f",
    "\u115f\u1160\u3164\uffa0",
    "\u2800" * 9,
    "\ufe0f\ufe0e\U000e0100",
    "\U000e0041\U000e007f",
    "\x00\x07\x08\x1b[31m\x7f",
    "\ue000\U000f0000",
    "\ud800",
    "\udfff\ud800",
    "\ufffe\uffff",
    "\ufff9a\ufffab\ufffb",
]
WRITTEN = [
    "[CQ:at,qq=all]",
    "&#91;CQ:image,file=http://x&#93;",
    "{e}",
    "{0.__class__}",
    "%s%n%d",
    "${PATH}",
    "\\n\\u2028",
    "<b>x</b>",
    "../../etc/passwd",
    "שלום 12345",
    "مرحبا ١٢٣٤٥",
    "e" + "\u0301" * 300,
    "\u0301\u0301\u0301",
    "字" + "\u20dd" * 50 + "\u0488" * 50,
    "👨‍👩‍👧‍👦🏳️‍🌈",
    "长" * 10_000,
    "\u202e" * 10_000,
    "\n" * 10_000,
    "“" * 500,
    "a" * 59 + "\u202e" + "b",
    "\u3000 \t \u00a0 x",
]


def hostile(count: int = 500) -> list[str]:
    """So many different strings, the same ones at each run; none is empty or blank."""
    rng = random.Random(7)
    found = dict.fromkeys(FAKES + UNSEEN + WRITTEN)
    found |= dict.fromkeys(f"x{line}{fake}" for line in BREAKS for fake in FAKES)
    parts = BREAKS + FAKES + UNSEEN + WRITTEN[:15]
    while len(found) < 2 * count:
        found[" ".join(rng.choices(parts, k=rng.randint(1, 6)))] = None
        found["".join(rng.choices(parts, k=rng.randint(1, 9)))] = None
        found["".join(chr(rng.randrange(0x110000)) for _ in range(rng.randint(1, 90)))] = None
    return [words for words in found if words.strip()][:count]


def hidden_in(shown: str) -> set[str]:
    """The characters of a shown text that one doesn't see, or that change how others look, but for line
    ends."""
    categories = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    found = {one for one in shown if unicodedata.category(one) in categories and one != "\n"}
    found |= {one for one in shown if unicodedata.bidirectional(one) in {"R", "AL", "AN"}}
    found |= set(shown) & set("\u034f\u115f\u1160\u17b4\u17b5\u180b\u2800\u3164\ufe0e\ufe0f\uffa0")
    stacks = re.findall(r"(?:[\u0300-\u036f\u0483-\u0489\u20d0-\u20ff]){3,}", shown)
    return found | set("".join(stacks))


def outside_quotes(shown: str) -> str:
    """What the program itself says, the quotes standing empty."""
    return re.sub("“[^“”]*”", "“”", shown)

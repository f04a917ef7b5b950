"""What must be the same in a text and its copies: all but a few breaks and pauses."""

from __future__ import annotations

import re

_CHANGEABLE = re.compile("([、，；。\n]+)")
_ALTERNATIVES = frozenset({("", "、"), ("、", ""), ("", "，"), ("，", ""), ("；", "。"), ("。", "；")})
"""(what the text has, what a copy may have there): all that plans ever change but breaks."""
_ENDS = frozenset("。！？")
"""After what a break may be put in."""
_NUMBERS = re.compile(r"\d+(?:[.．,，、:：]\d+)*[%％‰]?")
_ENCLOSED = re.compile(r"“[^”\n]*”|《[^》\n]*》|「[^」\n]*」|『[^』\n]*』")
"""Within a paragraph: a mark that somebody forgot to close encloses nothing of the next ones."""


def says_the_same(clean: str, copy: str) -> bool:
    """Whether `copy` differs from `clean` in nothing but what a plan may change: a break put in after a sentence, and
    in one place one of the pauses in `_ALTERNATIVES` for another; the same numbers, titles and quotations."""
    (letters, pauses), (copied, marked) = _parted(clean), _parted(copy)
    return (
        letters == copied
        and _NUMBERS.findall(clean) == _NUMBERS.findall(copy)
        and _ENCLOSED.findall(clean) == _ENCLOSED.findall(copy)
        and all(
            _may_stand(pauses.get(at, ""), marked.get(at, ""), letters[at - 1 : at])
            for at in pauses.keys() | marked.keys()
        )
    )


def _parted(text: str) -> tuple[str, dict[int, str]]:
    """What never changes, and by how much of it stands before: the breaks and pauses there."""
    parts = _CHANGEABLE.split(text)
    pauses: dict[int, str] = {}
    at = 0
    for fixed, pause in zip(parts[0::2], parts[1::2], strict=False):
        at += len(fixed)
        pauses[at] = pause
    return "".join(parts[0::2]), pauses


def _may_stand(clean: str, copy: str, before: str) -> bool:
    """Whether a copy may have the breaks and pauses `copy` behind the character `before`, where the text has `clean`."""
    if clean == copy or "\n" in clean:
        return clean == copy
    head, is_broken, rest = copy.partition("\n")
    if is_broken and (clean[: len(head)] or before)[-1:] not in _ENDS:
        return False
    return _are_alternatives(clean, head + rest)


def _are_alternatives(clean: str, copy: str) -> bool:
    """Whether the one may stand for the other: also where a typing error has put another pause beside it."""
    return (clean, copy) in _ALTERNATIVES or (
        len(clean) == len(copy)
        and all(one == other or (one, other) in _ALTERNATIVES for one, other in zip(clean, copy, strict=True))
    )

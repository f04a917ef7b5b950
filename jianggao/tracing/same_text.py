"""Compares a text with its copy: all must be the same except for a few breaks and pauses (docs/tracing.md,
What differs between copies)."""

from __future__ import annotations

import re

_CHANGEABLE = re.compile("([、，；。\n]+)")
_ALTERNATIVES = frozenset({("", "、"), ("、", ""), ("", "，"), ("，", ""), ("；", "。"), ("。", "；")})
"""(what the text has, what a copy may have there): all that plans ever change, besides breaks."""
_ENDS = frozenset("。！？")
"""The characters after which a break may be inserted."""
_NUMBERS = re.compile(r"\d+(?:[.．,，、:：]\d+)*[%％‰]?")
_ENCLOSED = re.compile(r"“[^”\n]*”|《[^》\n]*》|「[^」\n]*」|『[^』\n]*』")
"""Titles and quotations, within a paragraph: a mark that somebody forgot to close encloses nothing of the
next ones."""


def says_the_same(clean: str, copy: str) -> bool:
    """Returns whether `copy` differs from `clean` in nothing but what a plan may change: a break inserted
    after a sentence, and in one place one of the pauses in `_ALTERNATIVES` for another. Numbers, titles and
    quotations must be the same."""
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
    """Returns what never changes, and the breaks and pauses by how many characters of it stand before
    them."""
    parts = _CHANGEABLE.split(text)
    pauses: dict[int, str] = {}
    at = 0
    for fixed, pause in zip(parts[0::2], parts[1::2], strict=False):
        at += len(fixed)
        pauses[at] = pause
    return "".join(parts[0::2]), pauses


def _may_stand(clean: str, copy: str, before: str) -> bool:
    """Returns whether a copy may have the breaks and pauses `copy` behind the character `before`, where the
    text has `clean`."""
    # Where the text has a break nothing changes: joining paragraphs would lose one.
    if clean == copy or "\n" in clean:
        return clean == copy
    head, is_broken, rest = copy.partition("\n")
    if is_broken and (clean[: len(head)] or before)[-1:] not in _ENDS:
        return False
    return _are_alternatives(clean, head + rest)


def _are_alternatives(clean: str, copy: str) -> bool:
    """Returns whether the copy's pauses may stand for the text's. Place by place: in 、， that somebody
    mistyped the one may change and the other stays."""
    return (clean, copy) in _ALTERNATIVES or (
        len(clean) == len(copy)
        and all(old == new or (old, new) in _ALTERNATIVES for old, new in zip(clean, copy, strict=True))
    )

"""Collects the sentences and headings that generated speeches are made of, from texts on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jianggao.errors import WrongUse
from jianggao.library.check import check_paths
from jianggao.library.preparation import topics_of
from jianggao.parsing.heading_numbers import read_mark

_ANY_DAY = date(2000, 1, 1)
_SENTENCE = re.compile(r"[^。！？\n]+[。！？][”’」』]?")
_SENTENCE_LENGTH = (10, 120)
_HEADING_LENGTH = (4, 24)
"""Characters: the least and the most."""
_STARTS_WELL = re.compile(r"[\u3400-\u9fff“《]")
"""A Chinese character or an opening mark: what begins with ，or a digit was cut out of something."""
_UNFIT = re.compile(r"同志们|朋友们|QQ|群号|https?:|　{2,}")
"""Salutations, of which a speech has one, and traces of web pages and chats."""
_ASIDE = re.compile(r"[（(〔【][^）)〕】]*$|^[^（(〔【]*[）)〕】]")
"""A bracket that opens or closes inside the sentence only: the other stands in its neighbour."""
_NO_TOPIC = "综合"


@dataclass(frozen=True, slots=True)
class Stock:
    """What generated speeches are made of."""

    common: tuple[str, ...]
    """Sentences of all texts."""
    by_topic: dict[str, tuple[str, ...]]
    """Sentences of the texts of each topic."""
    headings: tuple[str, ...]
    """Headings of all texts, without their numbers."""


def read_stock(sources: Sequence[Path]) -> Stock:
    """Returns the stock of folders (or files), in a fixed order.

    A text's folder inside its source names its topic; a text that is in no folder there has none. Unreadable
    files are left out. Raises WrongUse if no sentence or no heading remains.
    """
    common: dict[str, None] = {}
    by_topic: dict[str, dict[str, None]] = {}
    headings: dict[str, None] = {}
    for source in sources:
        for record in check_paths([source], _ANY_DAY):
            sentences = dict.fromkeys(_sentences(record))
            common |= sentences
            headings |= dict.fromkeys(_headings(record))
            for topic in topics_of(_inside(record["file"], source)):
                by_topic.setdefault(topic, {}).update(sentences)
    if not common or not headings:
        raise WrongUse("这些文件夹里没有能用的句子和小标题。")
    topics = {topic: tuple(sentences) for topic, sentences in sorted(by_topic.items()) if sentences}
    return Stock(tuple(common), topics or {_NO_TOPIC: tuple(common)}, tuple(headings))


def _inside(file: str, source: Path) -> str:
    return Path(file).relative_to(source).as_posix() if source.is_dir() else Path(file).name


def _sentences(record: dict[str, Any]) -> Iterator[str]:
    """Yields whole sentences without their numbers (一是 …), such as can stand anywhere in a speech."""
    for section in record["sections"]:
        for line in section["body"].split("\n"):
            for text in _SENTENCE.findall(line):
                sentence = _unnumbered(text.strip())
                if _stands_alone(sentence, _SENTENCE_LENGTH):
                    yield sentence


def _headings(record: dict[str, Any]) -> Iterator[str]:
    for heading in record["headings"]:
        text = _unnumbered(heading["text"].strip("。 　"))
        if _stands_alone(text, _HEADING_LENGTH) and "。" not in text:
            yield text


def _unnumbered(text: str) -> str:
    # Numbers may be nested: （一）1. …
    while mark := read_mark(text):
        text = text[mark.length :].strip()
    return text


def _stands_alone(sentence: str, length: tuple[int, int]) -> bool:
    """Returns whether a sentence of such a length makes sense without its neighbours: no half of a quotation
    or bracket."""
    least, longest = length
    return (
        least <= len(sentence) <= longest
        and _STARTS_WELL.match(sentence) is not None
        and _UNFIT.search(sentence) is None
        and _ASIDE.search(sentence) is None
        and sentence.count("“") == sentence.count("”")
        and sentence.count("《") == sentence.count("》")
    )

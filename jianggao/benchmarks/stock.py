"""The sentences and headings that generated speeches are made of, taken from texts on disk."""

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
_SHORTEST, _LONGEST = 10, 120
_LONGEST_HEADING = 24
_STARTS_WELL = re.compile(r"[\u3400-\u9fff“《]")
_UNFIT = re.compile(r"同志们|朋友们|QQ|群号|https?:|　{2,}")
_ASIDE = re.compile(r"[（(〔【][^）)〕】]*$|^[^（(〔【]*[）)〕】]")
_NO_TOPIC = "综合"


@dataclass(frozen=True, slots=True)
class Stock:
    """What speeches are made of. `common` fits any topic, `by_topic` holds what the texts of a topic say."""

    common: tuple[str, ...]
    by_topic: dict[str, tuple[str, ...]]
    headings: tuple[str, ...]


def read_stock(sources: Sequence[Path]) -> Stock:
    """The stock of these folders (or files), in a fixed order. A text's folder inside its source names its topic;
    texts beside all folders have none. What can't be read is passed over; raises WrongUse where nothing is left."""
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
    """Whole sentences without their marks, such as can stand anywhere in a speech."""
    for section in record["sections"]:
        for line in section["body"].split("\n"):
            for found in _SENTENCE.findall(line):
                sentence = _unmarked(found.strip())
                if _stands_alone(sentence):
                    yield sentence


def _headings(record: dict[str, Any]) -> Iterator[str]:
    for heading in record["headings"]:
        text = _unmarked(heading["text"].strip("。 　"))
        if 4 <= len(text) <= _LONGEST_HEADING and _stands_alone(text, shortest=4) and "。" not in text:
            yield text


def _unmarked(text: str) -> str:
    while mark := read_mark(text):
        text = text[mark.length :].strip()
    return text


def _stands_alone(sentence: str, shortest: int = _SHORTEST) -> bool:
    return (
        shortest <= len(sentence) <= _LONGEST
        and _STARTS_WELL.match(sentence) is not None
        and _UNFIT.search(sentence) is None
        and _ASIDE.search(sentence) is None
        and sentence.count("“") == sentence.count("”")
        and sentence.count("《") == sentence.count("》")
    )

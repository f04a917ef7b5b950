"""Writes a library of any size to measure on: sentences of real texts, recombined into speeches of natural
shape."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from jianggao.benchmarks.sentence_stock import Stock, read_stock

FIRST_DAY = date(2018, 1, 1)
_DAYS = 8 * 365
"""Speeches are dated on FIRST_DAY or less than so many days later."""
_NUMERALS = "一二三四五六七八九十"
_SYLLABLES = "云清林河安平丰泽兴宁石桥柳溪松岭白沙青川双塔金堂南浦东湖北坪龙泉梅园竹山枫江槐荫荷塘麦沟"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜"
_UNITS = ("县", "市", "区")
_MEETINGS = ("工作推进会", "工作会议", "现场会", "座谈会", "动员部署会", "总结大会", "调度会", "专题培训班")
_SALUTATIONS = ("同志们：", "各位代表、同志们：", "各位来宾，同志们：", "同志们，朋友们：")
_CLOSINGS = (
    "同志们，事情定了，就一件一件去办，办一件销一件，年底再到这里来对账。",
    "同志们，路是走出来的，也是比出来的，请大家回去以后先把手头这一件办好。",
    "我就讲这些，说得不对的地方请大家当面指出来，散会以后我们到现场接着谈。",
)
_NUMBER = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d+")
"""A number that is no year: 38 户, not 2023 年. Years stay, since searches filter by them."""
_SKEW = 0.7
"""A sentence is drawn with a probability that falls with its rank by this power (Zipf), so that there are
words of every frequency."""
_OWN_TOPIC = 0.4
"""The share of sentences that are drawn from texts of the speech's own topic."""
_NAMED = 0.08
"""The share of sentences that name a place and a person."""
_LENGTH = (1_650, 5_200)
"""Characters of a speech before its closing: the least and the most."""
_PARAGRAPH = (90, 320)
"""The same of a paragraph."""


def write_library(folder: Path, speeches: int, sources: Sequence[Path], seed: int) -> int:
    """Writes `speeches` text files into topic folders of `folder` and returns how many characters they have.

    The same seed and sources give the same bytes. Sentences stay whole, but numbers and names are drawn anew,
    so that no speech equals another. Raises WrongUse if the sources hold no usable sentences.
    """
    stock = read_stock(sources)
    for topic in stock.by_topic:
        (folder / topic).mkdir(parents=True, exist_ok=True)
    writer = _SpeechWriter(stock, random.Random(seed))
    characters = 0
    for path, text in writer.speeches(speeches):
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
        characters += len(text)
    return characters


@dataclass(frozen=True, slots=True)
class _SentencePool:
    """Texts of which the first are drawn much more often than the last."""

    texts: tuple[str, ...]
    cumulative_weights: tuple[float, ...]

    @classmethod
    def of(cls, texts: Sequence[str], rng: random.Random) -> _SentencePool:
        """Returns a pool of these texts in a random order."""
        ranked = rng.sample(texts, len(texts))
        return cls(tuple(ranked), tuple(accumulate((rank + 1) ** -_SKEW for rank in range(len(ranked)))))

    def draw(self, rng: random.Random) -> str:
        """Returns a random text."""
        return rng.choices(self.texts, cum_weights=self.cumulative_weights)[0]


class _SpeechWriter:
    """Composes speeches out of a stock."""

    def __init__(self, stock: Stock, rng: random.Random) -> None:
        self._rng = rng
        self._common = _SentencePool.of(stock.common, rng)
        self._own = {topic: _SentencePool.of(sentences, rng) for topic, sentences in stock.by_topic.items()}
        self._headings = _SentencePool.of(stock.headings, rng)

    def speeches(self, count: int) -> Iterator[tuple[str, str]]:
        """Yields the paths (inside the library) and texts of `count` speeches."""
        taken: set[str] = set()
        topics = list(self._own)
        while len(taken) < count:
            topic = self._rng.choice(topics)
            day = FIRST_DAY + timedelta(days=self._rng.randrange(_DAYS))
            title = f"在{self._place()}{topic}{self._rng.choice(_MEETINGS)}上的讲话"
            path = f"{topic}/{day.isoformat()} {title}.txt"
            if path not in taken:
                taken.add(path)
                yield path, self._speech(topic, title, day)

    def _speech(self, topic: str, title: str, day: date) -> str:
        rng = self._rng
        lines = [title, f"（{day.year}年{day.month}月{day.day}日）", rng.choice(_SALUTATIONS)]
        lines.append(self._paragraph(topic))
        left = rng.randint(*_LENGTH) - sum(map(len, lines))
        parts = rng.randint(3, 5)
        for part in range(parts):
            written = self._part(topic, part, left // (parts - part))
            left -= sum(map(len, written))
            lines += written
        lines.append(rng.choice(_CLOSINGS))
        return "\n".join(lines) + "\n"

    def _part(self, topic: str, part: int, length: int) -> list[str]:
        """Returns the lines of a part: its heading, and paragraphs, numbered points or headings of the second
        level.

        A part has at least one paragraph, and goes on to `length` characters or ten paragraphs.
        """
        lines = [f"{_NUMERALS[part]}、{self._headings.draw(self._rng)}"]
        form = self._rng.choice(("plain", "points", "headings"))
        count = 0
        while count == 0 or (sum(map(len, lines)) < length and count < len(_NUMERALS)):
            if form == "headings":
                lines.append(f"（{_NUMERALS[count]}）{self._headings.draw(self._rng)}")
            mark = f"{_NUMERALS[count]}是" if form == "points" else ""
            lines.append(mark + self._paragraph(topic))
            count += 1
        return lines

    def _paragraph(self, topic: str) -> str:
        length = self._rng.randint(*_PARAGRAPH)
        sentences: dict[str, None] = {}
        characters = 0
        while characters < length:
            sentence = self._sentence(topic)
            characters += len(sentence)
            sentences[sentence] = None
        return "".join(sentences)

    def _sentence(self, topic: str) -> str:
        rng = self._rng
        pool = self._own[topic] if rng.random() < _OWN_TOPIC else self._common
        sentence = _NUMBER.sub(lambda match: self._number(len(match[0])), pool.draw(rng))
        return self._named(sentence) if rng.random() < _NAMED else sentence

    def _named(self, sentence: str) -> str:
        person = self._rng.choice(_SURNAMES) + "".join(self._rng.sample(_SYLLABLES, 2))
        return f"在{self._place()}蹲点的{person}说，{sentence}"

    def _place(self) -> str:
        return "".join(self._rng.sample(_SYLLABLES, 2)) + self._rng.choice(_UNITS)

    def _number(self, digits: int) -> str:
        return str(self._rng.randrange(10 ** (digits - 1), 10**digits))

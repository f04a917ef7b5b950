"""Tells how near texts are in meaning to what was typed, whatever words they say it with.

It goes by the vectors of words that come with the program (`text/word_vectors.py`), and by nothing but what the
asker sees of a text.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import fmean as mean

from jianggao.search.indexed_texts import IndexedSection, IndexedText
from jianggao.search.word_weights import word_weight
from jianggao.text.segmentation import word_class, words
from jianggao.text.word_vectors import center_cosines, cosine_to, nearest, text_vector

_TITLE = 0.33
"""What the title of its speech counts in the likeness of a section; its headings and body count the rest."""
_NEAR = 0.25
"""How much nearer than texts of any matter a text must be to be on the matter of what was typed."""

_TELLING_CHARACTERS, _TELLING_WEIGHT = 2, 4.0
"""How many characters of telling words it takes to be about some matter, and how rare these must be. 你好 and 我爱你 are
near to every personal passage."""
_SMALL_TALK = frozenset(
    " ".join(
        (
            "晚安 早安 早上好 上午好 中午好 下午好 晚上好 拜拜 再见 哈哈 谢谢 辛苦 愉快",
            "群主 管理员 机器人 星期几 几点 名字 唱首歌 唱歌 笑话 下班 吃饭 睡觉 天气",
        )
    ).split()
)
"""Words with which people greet, or pass the time: by themselves they are about no speech."""


class TextMeanings:
    """Compares texts with one query."""

    def __init__(self, runs: Iterable[str]) -> None:
        typed = [word for run in runs for word in words(run)]
        self._typed = text_vector(typed)
        self._cosine_with = cosine_to(self._typed)
        self._of_titles: dict[bytes, float] = {}
        self._tells_matter = sum(len(word) for word in typed if _tells(word)) >= _TELLING_CHARACTERS
        self._center_cosines: list[float] = []
        self._usual: float | None = None

    def clusters(self, count: int) -> list[int]:
        """Returns the numbers of the clusters in which texts of the same meaning are likely to lie, the likeliest
        first; none for what tells no matter."""
        return nearest(self._to_centers(), count) if self._typed and self._tells_matter else []

    def likeness(self, found: IndexedText, title_vector: bytes) -> float:
        """Returns how near a text is in meaning to what was typed, -1.0 to 1.0; of a speech its title."""
        of_title = self._of_titles.get(title_vector)
        if of_title is None:  # many texts have the same title
            of_title = self._of_titles[title_vector] = self._cosine_with(title_vector)
        if not isinstance(found, IndexedSection):
            return of_title
        return _TITLE * of_title + (1 - _TITLE) * self._cosine_with(found.vector)

    def is_near(self, likeness: float) -> bool:
        """Returns whether a text of this likeness is on the matter, though it may say none of it: so much nearer than
        texts of any matter."""
        if self._usual is None:
            self._usual = mean(self._to_centers())
        return self._tells_matter and likeness >= self._usual + _NEAR

    def _to_centers(self) -> list[float]:
        """Returns how near what was typed is to each of the clusters' centers, which together are texts of any
        matter; computed where it is asked for, since most questions don't."""
        self._center_cosines = self._center_cosines or center_cosines(self._typed)
        return self._center_cosines


def _tells(word: str) -> bool:
    """Returns whether a word tells of a matter: nouns but names of people, verbs, adjectives, abbreviations (医保) and
    new words do, set phrases and pronouns don't."""
    if word in _SMALL_TALK:
        return False
    tag = word_class(word)
    is_of_class = tag[:1] in ("n", "v", "a", "j", "") and not tag.startswith("nr")
    return is_of_class and word_weight(word) >= _TELLING_WEIGHT

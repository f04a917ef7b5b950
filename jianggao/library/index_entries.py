"""Makes of stored speeches and sections what the index holds of them (`index.py`), and reads it again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jianggao.library.section_ids import Audience
from jianggao.phrases.passage_kinds import kinds_by_words
from jianggao.text.bigrams import TITLE, gram_text, keyword_term, speech_term, topic_term
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import cut_lengths, rejoin, words
from jianggao.text.word_vectors import blend, nearest_clusters, places_of, vector_of

_LONGEST_KEYWORD = 8
"""Characters. Longer public runs are headings (抓紧抓实冬修水利这件大事), not words that somebody types."""
_CLUSTERS = 2
"""Clusters that a section stands in: many lie between two."""
_LABEL_SHARE = 0.5
"""What the headings of a section count in its meaning beside its body."""
SECTION_COLUMNS = (
    "id, speech, preview, in_group, label, public_label, body, label_cut, public_cut, body_cut, "
    "occasion, occasion_cut, kinds, whole_vector, whole_clusters, public_vector, public_clusters"
)


@dataclass(frozen=True, slots=True)
class SpeechEntry:
    """What the index holds of a speech, in normal form: public text alone. `key` is its `speech_key`."""

    key: int
    number: int
    title: str
    topics: tuple[str, ...]
    runs: tuple[str, ...]
    title_vector: bytes = b""
    """What the title means, as `word_vectors.text_vector` has it."""

    @property
    def terms(self) -> str:
        """The terms that lead to the speech, and to each of its sections, beside their own text."""
        keywords = [keyword_term(run) for run in self.runs if len(run) <= _LONGEST_KEYWORD]
        topics = map(topic_term, self.topics)
        return " ".join([gram_text(self.title, field=TITLE), *topics, *keywords, speech_term(self.number)])

    @property
    def values(self) -> tuple[object, ...]:
        """The row of `speech_index`."""
        topics = json.dumps(self.topics, ensure_ascii=False)
        return self.key, self.number, self.title, topics, "\n".join(self.runs), self.title_vector


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """What the index holds of a section, in normal form; the cuts are the lengths of the words."""

    id: int
    preview: bool
    """Whether everybody may read the body."""
    in_group: bool
    """Whether the body may stand in a member group."""
    label: str
    public_label: str
    body: str
    label_cut: bytes
    public_cut: bytes
    body_cut: bytes
    occasion: str = ""
    """The lines under the title, before the first section: never public, and never in a member group."""
    occasion_cut: bytes = b""
    kinds: str = ""
    """Which kinds of passage the section is by its words, their names parted by blanks."""
    whole_vector: bytes = b""
    """What headings and body mean, as `word_vectors.text_vector` has it."""
    whole_clusters: str = ""
    """The numbers of the clusters that this vector lies in, parted by blanks."""
    public_vector: bytes = b""
    """The same of what is public: the public headings, and the body of a preview."""
    public_clusters: str = ""

    @property
    def public_kinds(self) -> str:
        """The kinds that everybody may know of: those of a preview."""
        return self.kinds if self.preview else ""

    def values(self, speech: int) -> tuple[object, ...]:
        """Returns the row of `indexed_sections`; `speech` is the number of its speech."""
        texts = (self.label, self.public_label, self.body)
        shown = (int(self.preview), int(self.in_group))
        cuts = (self.label_cut, self.public_cut, self.body_cut)
        occasion = (self.occasion, self.occasion_cut)
        meanings = (self.whole_vector, self.whole_clusters, self.public_vector, self.public_clusters)
        return self.id, speech, *shown, *texts, *cuts, *occasion, self.kinds, *meanings


def speech_entry(
    key: int, number: int, title: str, topics: Iterable[str], runs: Iterable[str]
) -> SpeechEntry:
    """Returns the entry of a speech from its texts as they are stored."""
    normal_runs = dict.fromkeys(filter(None, map(normal_form, runs)))
    normal_topics = dict.fromkeys(filter(None, map(normal_form, topics)))
    vector = _vector(words(title))
    return SpeechEntry(key, number, normal_form(title), tuple(normal_topics), tuple(normal_runs), vector)


def section_entry(row: sqlite3.Row | Mapping[str, Any]) -> SectionEntry:
    """Returns the entry of a stored section (columns as in `sections`)."""
    label, label_cut = _cut(row["above"] + "\n" + row["label"])
    public_label, public_cut = _cut(row["public_label"])
    body, body_cut = _cut(row["body"])
    occasion, occasion_cut = _cut(row["occasion"])
    preview = row["audience"] == Audience.PREVIEW
    of_body = _vector(rejoin(body, body_cut))
    whole = _section_vector(rejoin(label, label_cut), of_body)
    public = _section_vector(rejoin(public_label, public_cut), of_body if preview else b"")
    whole_clusters = _clusters(whole)
    return SectionEntry(
        id=row["id"],
        preview=preview,
        in_group=row["audience"] <= Audience.MEMBER_GROUP,
        label=label,
        public_label=public_label,
        body=body,
        label_cut=label_cut,
        public_cut=public_cut,
        body_cut=body_cut,
        occasion=occasion,
        occasion_cut=occasion_cut,
        kinds=" ".join(sorted(kind.value for kind in kinds_by_words(row["body"], row["public_label"]))),
        whole_vector=whole,
        whole_clusters=whole_clusters,
        public_vector=public,
        public_clusters=whole_clusters if public == whole else _clusters(public),
    )


_indexed_places = lru_cache(maxsize=100_000)(places_of)
"""Remembered for indexing alone, as readings are (`index.py`)."""


def _vector(text_words: Iterable[str]) -> bytes:
    return vector_of([place for word in text_words for place in _indexed_places(word)])


def _section_vector(label_words: Iterable[str], of_body: bytes) -> bytes:
    return blend((_vector(label_words), _LABEL_SHARE), (of_body, 1.0))


def _clusters(vector: bytes) -> str:
    return " ".join(map(str, nearest_clusters(vector, _CLUSTERS)))


def _cut(text: str) -> tuple[str, bytes]:
    """Returns the normal form of a text, and the lengths of its words.

    Put together, the words are the normal form.
    """
    cut = words(text)
    return "".join(cut), cut_lengths(cut)


def stored_speech_entry(row: sqlite3.Row) -> SpeechEntry:
    """Returns the entry that a row of `speech_index` was made of.

    A speech without any letter in title, headings and topics has no runs: an empty line isn't a run.
    """
    runs = filter(None, row["runs"].split("\n"))
    topics = tuple(json.loads(row["topics"]))
    return SpeechEntry(row["id"], row["speech"], row["title"], topics, tuple(runs), row["title_vector"])


def stored_section_entry(row: sqlite3.Row) -> SectionEntry:
    """Returns the entry that a row of `indexed_sections` was made of."""
    names = SECTION_COLUMNS.split(", ")[4:]
    return SectionEntry(
        row["id"], bool(row["preview"]), bool(row["in_group"]), *(row[name] for name in names)
    )

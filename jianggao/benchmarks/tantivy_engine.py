"""tantivy, a search library of its own: an inverted index with bm25, written in Rust."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from jianggao.benchmarks.engine import NOTHING, EngineAnswer
from jianggao.benchmarks.passages import Passage
from jianggao.text.segmentation import words

_HEAP = 128_000_000


class Tantivy:
    """tantivy over the same words, every word must stand, best by bm25 first."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        place = folder / "tantivy"
        place.mkdir()
        schema = (
            tantivy.SchemaBuilder()
            .add_integer_field("id", stored=True)
            .add_text_field("text", tokenizer_name="words")
            .build()
        )
        self._schema = schema
        self._index = tantivy.Index(schema, path=str(place))
        whitespace = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("words", whitespace)
        self._writer: tantivy.IndexWriter | None = self._index.writer(_HEAP, 1)
        self._searcher = self._index.searcher()

    def add(self, passages: Sequence[Passage]) -> None:
        assert self._writer is not None, "add after settle"
        for passage in passages:
            document = tantivy.Document(id=passage.id, text=" ".join(passage.words))
            self._writer.add_document(document)

    def settle(self) -> None:
        assert self._writer is not None, "settled twice"
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._writer = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int) -> EngineAnswer:
        return self.find(words(query), limit, together=True)

    def find(self, wanted: Sequence[str], limit: int, *, together: bool) -> EngineAnswer:
        if not wanted:
            return NOTHING
        occur = tantivy.Occur.Must if together else tantivy.Occur.Should
        terms = [
            (occur, tantivy.Query.term_query(self._schema, "text", word)) for word in dict.fromkeys(wanted)
        ]
        found = self._searcher.search(tantivy.Query.boolean_query(terms), limit)
        ids = tuple(self._searcher.doc(address)["id"][0] for _, address in found.hits)
        return EngineAnswer(found.count or 0, ids)  # type: ignore[attr-defined]  # its types forget it

    def close(self) -> None:
        self._writer = None

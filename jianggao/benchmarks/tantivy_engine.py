"""Searches with tantivy, a search library in Rust: an inverted index ranked by bm25."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from jianggao.benchmarks.engine import NO_MATCHES, EngineAnswer
from jianggao.benchmarks.passages import Passage
from jianggao.text.segmentation import words

_HEAP = 128_000_000
"""Bytes that the writer may use."""


class Tantivy:
    """Looks up the bot's words with tantivy: sections with every word, the best by bm25 first."""

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
        assert self._writer is not None, "add after finish"
        for passage in passages:
            document = tantivy.Document(id=passage.id, text=" ".join(passage.words))
            self._writer.add_document(document)

    def finish(self) -> None:
        assert self._writer is not None, "finished twice"
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._writer = None
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, query: str, limit: int) -> EngineAnswer:
        return self.find(words(query), limit, together=True)

    def find(self, wanted: Sequence[str], limit: int, *, together: bool) -> EngineAnswer:
        if not wanted:
            return NO_MATCHES
        occur = tantivy.Occur.Must if together else tantivy.Occur.Should
        terms = [
            (occur, tantivy.Query.term_query(self._schema, "text", word)) for word in dict.fromkeys(wanted)
        ]
        result = self._searcher.search(tantivy.Query.boolean_query(terms), limit)
        ids = tuple(self._searcher.doc(address)["id"][0] for _, address in result.hits)
        return EngineAnswer(result.count or 0, ids)  # type: ignore[attr-defined]  # its types forget it

    def close(self) -> None:
        self._writer = None

"""Opens and closes the compared engines together."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

from jianggao.benchmarks.engine import Engine, OrIfNone
from jianggao.benchmarks.sqlite_engines import BigramBm25, Bm25, Hybrid, Like, Trigram
from jianggao.errors import CannotStart

INSTALL = "pip install tantivy"


class Engines:
    """All engines, with their files in one folder. As a context manager it gives the engines by name and
    closes them.

    Raises CannotStart, with the command that installs it, if one is not installed.
    """

    def __init__(self, folder: Path) -> None:
        require_engines()
        from jianggao.benchmarks.tantivy_engine import Tantivy  # not installed with the bot; checked above

        folder.mkdir(parents=True, exist_ok=True)
        bm25, pairs, tantivy = Bm25(folder), BigramBm25(folder), Tantivy(folder)
        self._all: tuple[Engine, ...] = (
            Like(folder),
            Trigram(folder),
            bm25,
            tantivy,
            OrIfNone(bm25),
            OrIfNone(tantivy),
            pairs,
            Hybrid(bm25, pairs),
        )

    def __enter__(self) -> dict[str, Engine]:
        return {engine.name: engine for engine in self._all}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for engine in self._all:
            engine.close()


def require_engines() -> None:
    """Raises CannotStart, with what to install, if a compared engine is missing."""
    if find_spec("tantivy") is None:
        raise CannotStart(f"还没有装用来对比的 tantivy。请运行：{INSTALL}")
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'trigram')")
        except sqlite3.OperationalError:
            raise CannotStart(
                f"SQLite {sqlite3.sqlite_version} 没有 trigram，对比要 3.34 或更新的。请换新一点的 Python。"
            ) from None

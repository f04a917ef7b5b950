"""Reads the tables that people send in a process of their own."""

from __future__ import annotations

from jianggao.errors import WrongUse
from jianggao.sources.isolated_reader import IsolatedReader, ReaderLimits
from jianggao.sources.source_text import RefusedFile
from jianggao.spreadsheets.reading import TABLE_OF_FILES, table_of
from jianggao.spreadsheets.table import SentTable

_INSTEAD = "请只留下要用的行和列，另存为 CSV 再发"


class SheetReader:
    """Reads tables in worker processes, one at a time."""

    def __init__(self, limits: ReaderLimits | None = None) -> None:
        self._apart = IsolatedReader(
            limits or ReaderLimits(), workers=1, reads=TABLE_OF_FILES, instead=_INSTEAD
        )

    async def read_table(self, content: bytes, name: str) -> SentTable:
        """Returns the table in a file. Raises WrongUse, saying what to do, for what is none, and for what
        takes too much time or memory."""
        read = await self._apart.read(content, name)
        if isinstance(read, RefusedFile):
            reason = read.reason
            raise WrongUse(reason if reason.endswith("。") else f"{reason}。")
        return table_of(read.text)

"""An inquiry reads each file once, within its limits, and names what it left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any, cast

import pytest

from jianggao.sources.files import RefusedFile, SourceText
from jianggao.tracing import leak_inquiry
from jianggao.tracing.accusations import Confidence
from jianggao.tracing.examination import Examination, LeakedFile
from jianggao.tracing.examiner import Examiner
from jianggao.tracing.leak_inquiry import READING_SECONDS, LeakInquiry

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=timezone.utc)
NOTHING = Examination((), 0, 1, Confidence.CANNOT_TELL, (), False, 0, 0)


class Files:
    """Reads any file as its bytes in UTF-8; takes `seconds` for each."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds, self.now, self.read_names = seconds, 0.0, list[str]()

    async def read(self, content: bytes, name: str) -> SourceText | RefusedFile:
        self.now += self.seconds
        self.read_names.append(name)
        if not content:
            return RefusedFile(name, "空文件")
        return SourceText(name, content.decode(), "utf-8")


class Examined:
    """Keeps what was examined."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []

    async def examine(self, texts: Sequence[str], files: Sequence[LeakedFile], **fields: Any) -> Examination:
        self.calls.append({"texts": list(texts), "files": list(files), **fields})
        return NOTHING


def inquiry(files: Files, examined: Examined) -> LeakInquiry:
    return LeakInquiry(
        cast(Examiner, examined), files, by="90001", now=NOW, zone=timezone.utc, monotonic=lambda: files.now
    )


async def test_texts_and_files_are_examined_together_for_the_asker() -> None:
    examined = Examined()
    result = await inquiry(Files(), examined).examine(
        ["贴的"], [("a.txt", "甲".encode())], report=3, reporters=["30001"]
    )
    assert examined.calls == [
        {
            "texts": ["贴的"],
            "files": [LeakedFile("甲".encode(), "甲")],
            "by": "90001",
            "report": 3,
            "reporters": ["30001"],
            "now": NOW,
        }
    ]
    assert result.examination is NOTHING and result.answer.startswith("无法判定。")


async def test_a_file_that_cannot_be_read_is_named_and_its_bytes_are_examined_all_the_same() -> None:
    examined = Examined()
    result = await inquiry(Files(), examined).examine([], [("空.txt", b""), ("a.txt", b"x")])
    assert "第 1 个文件“空.txt”没有读：空文件。" in result.answer and "第 2 个" not in result.answer
    assert examined.calls[0]["files"] == [LeakedFile(b"", ""), LeakedFile(b"x", "x")]


async def test_in_several_examinations_each_file_is_read_once() -> None:
    files = Files()
    asked = inquiry(files, Examined())
    await asked.examine([], [("a.txt", b"x"), ("a.txt", b"y")])
    await asked.examine([], [("a.txt", b"y"), ("b.txt", b"y")])
    assert files.read_names == ["a.txt", "a.txt", "b.txt"]


async def test_files_for_which_no_time_is_left_are_told_and_read_by_the_next_examination() -> None:
    files = Files(seconds=READING_SECONDS)
    asked = inquiry(files, Examined())
    pieces = [("a.txt", b"x"), ("b.txt", b"y")]
    first = await asked.examine([], pieces)
    assert "第 2 个文件“b.txt”没有读：前面的文件读得太久" in first.answer
    assert "没有读" not in (await asked.examine([], pieces)).answer


async def test_what_is_too_much_is_left_out_and_what_is_smaller_behind_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leak_inquiry, "MAX_CHARACTERS", 100)
    examined = Examined()
    result = await inquiry(Files(), examined).examine(
        ["短", "长" * 100, "尾"], [("a.txt", ("渠" * 100).encode()), ("b.txt", b"z")]
    )
    assert examined.calls[0]["texts"] == ["短", "尾"]
    assert [file.text for file in examined.calls[0]["files"]] == ["", "z"]
    assert "第 1 个文件“a.txt”没有读：这次的内容太多" in result.answer
    assert "粘贴的文字太多" in result.answer


async def test_a_character_that_stands_for_many_letters_counts_as_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leak_inquiry, "MAX_CHARACTERS", 100)
    examined = Examined()
    await inquiry(Files(), examined).examine(["ﷺ" * 10, "渠" * 100], [])
    assert examined.calls[0]["texts"] == ["渠" * 100]

"""Archives: bombs, path tricks, locked, nested and broken members, names, kinds that aren't read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from speech_texts import FULL

from jianggao.sources import archives
from jianggao.sources.files import RefusedFile, SourceText, read_source


def test_a_zip_bomb_is_stopped_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_MEMBER", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * 50_000_000)
        archive.writestr("good.txt", FULL)
    found = read_source(tmp_path / "a.zip")
    assert [type(one) for one in found] == [RefusedFile, SourceText]


def test_path_tricks_and_locked_and_nested_members_are_refused(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("x.txt", FULL)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in ("../out.txt", "/etc/x.txt", "C:/x.txt", "a/../../x.txt"):
            archive.writestr(name, FULL)
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("sub/ok.txt", FULL)
        archive.writestr("photo.jpg", b"\xff\xd8")
    found = read_source(tmp_path / "a.zip", "集/a.zip")
    assert [type(one) for one in found] == [RefusedFile] * 5 + [SourceText, RefusedFile]
    assert [one.path for one in found[-2:]] == ["集/a.zip/sub/ok.txt", "集/a.zip/photo.jpg"]
    assert [isinstance(one, RefusedFile) and one.other_kind for one in found] == [False] * 6 + [True]
    assert all("请" in one.reason for one in found if isinstance(one, RefusedFile))
    assert list(tmp_path.iterdir()) == [tmp_path / "a.zip"]


@pytest.mark.parametrize("packed", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("what", ["content", "name"])
def test_a_broken_member_takes_no_other_with_it(tmp_path: Path, packed: int, what: str) -> None:
    path, name = tmp_path / "a.zip", "甲.txt".encode()
    with zipfile.ZipFile(path, "w", packed) as archive:
        archive.writestr("甲.txt", FULL)
        archive.writestr("乙.txt", FULL)
    content = bytearray(path.read_bytes())
    at = content.index(name)
    if what == "name":
        content[at : at + 3] = b"\xff\xfe\xfd"
    else:
        content[at + len(name) + 9 : at + len(name) + 30] = b"\xff" * 21
    path.write_bytes(content)
    broken, whole = read_source(path)
    assert isinstance(broken, RefusedFile) and isinstance(whole, SourceText)
    assert "请重新压缩" in broken.reason


def test_names_written_by_chinese_windows(tmp_path: Path) -> None:
    member = zipfile.ZipInfo("x")
    member.filename = "讲话稿.txt".encode("gb18030").decode("cp437")
    member.flag_bits = 0
    assert archives.member_name(member) == "讲话稿.txt"

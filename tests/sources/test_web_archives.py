"""Web pages and web archives that are called .doc."""

from __future__ import annotations

from pathlib import Path

import pytest
from growth import too_steep

from jianggao.sources.files import RefusedFile, SourceText, read_source
from jianggao.sources.web_archives import page_in

PAGE = (
    "<html><head><meta charset='gbk'><title>在茶园会上的讲话</title></head><body><h1>在茶园会上的讲话</h1>"
    "<p>同志们：</p><p>头茬茶要抢在雨前采，采下来的鲜叶当天就要进锅，过了夜就只能做粗茶。</p></body></html>"
)
LINES = ["在茶园会上的讲话", "同志们：", "头茬茶要抢在雨前采，采下来的鲜叶当天就要进锅，过了夜就只能做粗茶。"]
ARCHIVE = (
    b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="cut"\n\n--cut\nContent-Type: %b\n'
    b"Content-Transfer-Encoding: quoted-printable\n\n%b\n--cut\nContent-Type: image/png\n\nx\n--cut--\n"
)


def quoted(text: str) -> bytes:
    return "".join(f"={byte:02X}" for byte in text.encode("gbk")).encode()


@pytest.mark.parametrize(
    "content",
    [
        PAGE.encode("gbk"),
        PAGE.replace("gbk", "utf-16").encode("utf-16"),
        ARCHIVE % (b"text/html", quoted(PAGE)),
    ],
)
@pytest.mark.parametrize("name", ["讲话.doc", "讲话.wps"])
def test_a_page_that_a_website_calls_a_document_is_read(tmp_path: Path, content: bytes, name: str) -> None:
    (tmp_path / name).write_bytes(content)
    (source,) = read_source(tmp_path / name)
    assert isinstance(source, SourceText)
    assert [line for line in source.text.split("\n") if line] == LINES


def test_an_archive_without_a_page_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.mht").write_bytes(ARCHIVE % (b"text/plain", b"x"))
    (refused,) = read_source(tmp_path / "a.mht")
    assert isinstance(refused, RefusedFile) and "没有网页" in refused.reason


def test_archives_in_archives_without_end_hold_no_page() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(5_000)
    )
    assert page_in(b"MIME-Version: 1.0\n" + nested) is None


def test_archives_are_read_in_a_time_that_grows_with_them() -> None:
    units = (
        b"--cut\n",
        b"\n--cut",
        b"a: b\n",
        b"Content-Type: multipart/mixed; boundary=cut\n\n--cut\n",
        b"=\n",
        b"--cut--\n",
    )
    texts = {unit.decode(): (lambda size, unit=unit: unit.decode() * (size // len(unit))) for unit in units}
    slow = too_steep(page_in, texts=texts, prepare=lambda text: ARCHIVE % (b"text/html", text.encode()))
    assert [str(one) for one in slow] == []

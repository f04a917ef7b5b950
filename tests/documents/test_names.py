"""What a speech is called as a file."""

from __future__ import annotations

import pytest

from jianggao.documents.names import file_name, safe_name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("在春耕会上的讲话", "在春耕会上的讲话"),
        ('关于"三个一"的/讲话：', "关于三个一的讲话："),
        ("讲\n话\x00", "讲话"),
        (" 讲话. ", "讲话"),
        ("../..", "讲稿"),
        ("", "讲稿"),
        ("讲" * 100, "讲" * 60),
        ("讲" * 59 + " 稿", "讲" * 59),
    ],
)
def test_file_name(title: str, expected: str) -> None:
    assert file_name(title) == expected


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etcpasswd"),
        ("举报3-1.jpg", "举报3-1.jpg"),
        ("在会上的讲话.docx", "在会上的讲话.docx"),
        ("..\\x.exe\n.jpg", "x.exe.jpg"),
        (".env", "env"),
        ("C:\\a.txt", "Ca.txt"),
    ],
)
def test_a_name_we_send_is_no_path(name: str, kept: str) -> None:
    assert safe_name(name) == kept

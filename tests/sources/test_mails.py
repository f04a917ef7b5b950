"""A saved mail is read as its head and its text; what is attached is told."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from growth import too_steep

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.read_sources import parse_source
from jianggao.sources.files import RefusedFile, SourceText, read_source
from jianggao.sources.mails import read_mail

TITLE, CALL = "在茶园会上的讲话", "各位茶农："
FIRST = "头茬茶要抢在雨前采，采下来的鲜叶当天就要进锅，过了夜就只能做粗茶。"
TEXT = f"{TITLE}\n\n{CALL}\n\n{FIRST}\n\n{FIRST[::-1]}\n"
PAGE = f"<html><body><h1>{TITLE}</h1><p>{CALL}</p><p>{FIRST}</p><p>{FIRST[::-1]}</p></body></html>"


def mail(subject: str = "茶园会讲话稿") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "陈小禾 <chen@chayuan.example>"
    message["To"] = "du@chayuan.example"
    message["Date"] = "Tue, 05 Mar 2024 16:20:00 +0800"
    message["Subject"] = subject
    return message


def read(folder: Path, content: bytes) -> SourceText | RefusedFile:
    (folder / "a.eml").write_bytes(content)
    (source,) = read_source(folder / "a.eml")
    return source


def speech(source: SourceText | RefusedFile) -> ParsedSpeech:
    assert isinstance(source, SourceText)
    parsed = parse_source(source, date(2026, 3, 18))[0].parsed
    assert isinstance(parsed, ParsedSpeech)
    return parsed


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
@pytest.mark.parametrize("coded", ["base64", "quoted-printable"])
def test_the_text_of_a_mail(tmp_path: Path, charset: str, coded: str) -> None:
    message = mail()
    text = TEXT if charset != "big5" else TEXT.encode("big5", "ignore").decode("big5")
    message.set_content(text, charset=charset, cte=coded)
    found = speech(read(tmp_path, message.as_bytes()))
    assert found.salutation.endswith("：")
    assert found.removed[0] == "发件人：陈小禾 <chen@chayuan.example>"
    assert set(found.removed_because) == {"邮件头"}
    if charset != "big5":
        assert (found.title, found.salutation) == (TITLE, CALL)


def test_the_page_of_a_mail_and_the_names_of_what_is_attached(tmp_path: Path) -> None:
    message = mail()
    message.set_content(PAGE, subtype="html")
    message.add_attachment(b"x", maintype="application", subtype="octet-stream", filename="茶园讲话3.docx")
    source = read(tmp_path, message.as_bytes())
    assert speech(source).title == TITLE
    assert isinstance(source, SourceText) and "茶园讲话3.docx" in source.problems[0]


def test_the_text_is_read_where_a_page_says_the_same(tmp_path: Path) -> None:
    message = mail()
    message.set_content(TEXT)
    message.add_alternative(PAGE, subtype="html")
    source = read(tmp_path, message.as_bytes())
    assert isinstance(source, SourceText) and source.text.count(FIRST) == 1


def test_a_mail_of_few_headers_has_its_subject(tmp_path: Path) -> None:
    found = speech(read(tmp_path, f"Subject: x\n\n{CALL}\n\n{FIRST}\n\n{FIRST}\n".encode()))
    assert found.title == "x"


def test_a_mail_without_text_is_refused(tmp_path: Path) -> None:
    message = mail()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename="a.pdf")
    refused = read(tmp_path, message.as_bytes())
    assert isinstance(refused, RefusedFile) and "另存" in refused.reason


def test_a_text_that_is_called_a_mail_is_read_as_text(tmp_path: Path) -> None:
    assert speech(read(tmp_path, TEXT.encode())).title == TITLE


def test_mails_that_nobody_should_write() -> None:
    assert read_mail(b"") is None
    strange = read_mail(b"From: =?x-none?b?!!?=\nTo: a\nSubject: =?utf-8?q?=\n\nqu")
    assert strange is not None and strange.text == "qu"
    steep = too_steep(
        lambda content: read_mail(content.encode("utf-8", "replace")),
        texts={
            "encoded words": lambda size: "Subject: " + "=?utf-8?b?5rij?= " * (size // 18) + "\n\nx",
            "addresses": lambda size: "From: " + "a@b, " * (size // 5) + "\n\nx",
            "headers": lambda size: "a: b\n" * (size // 5) + "\nx",
            "parts": lambda size: (
                "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nx\n" * (size // 7)
            ),
        },
    )
    assert [str(one) for one in steep] == []

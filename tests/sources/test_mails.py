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


def test_texts_around_a_picture_are_one_text(tmp_path: Path) -> None:
    message = mail()
    message.set_content(f"{TITLE}\n\n{CALL}\n\n{FIRST}\n")
    message.add_attachment(b"x", maintype="image", subtype="jpeg", filename="茶.jpg")
    message.add_attachment(f"{FIRST[::-1]}\n\n谢谢大家。\n", disposition="inline", filename="后半.txt")
    source = read(tmp_path, message.as_bytes())
    assert isinstance(source, SourceText) and FIRST[::-1] in source.text and "谢谢大家。" in source.text
    assert "茶.jpg" in source.problems[0]


@pytest.mark.parametrize("plain", ["您的邮件客户端不支持HTML格式，请换一个。", "\u200b\n"])
def test_what_stands_in_for_a_page_gives_way_to_it(tmp_path: Path, plain: str) -> None:
    message = mail()
    message.set_content(plain)
    page = PAGE.replace("</body>", f"<style>p {{ color: red }}</style><p>{FIRST * 3}</p></body>")
    message.add_alternative(page, subtype="html")
    assert speech(read(tmp_path, message.as_bytes())).title == TITLE


def test_an_attached_mail_is_named(tmp_path: Path) -> None:
    inner = mail("转来的讲话")
    inner.set_content(TEXT)
    message = mail()
    message.set_content("请看附上的那一封。")
    message.add_attachment(inner)
    source = read(tmp_path, message.as_bytes())
    assert isinstance(source, SourceText) and "转来的讲话" in source.problems[0]


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"From - Tue Mar 05 16:20:00 2024\n"])
def test_what_programs_set_before_a_mail_is_none_of_it(tmp_path: Path, before: bytes) -> None:
    message = mail()
    message.set_content(TEXT)
    found = speech(read(tmp_path, before + message.as_bytes()))
    assert found.title == TITLE and "主题：茶园会讲话稿" in found.removed


@pytest.mark.parametrize(("parameter", "joined"), [("", "鲜叶 当天"), ("; delsp=yes", "鲜叶当天")])
def test_lines_that_a_program_broke_come_together(tmp_path: Path, parameter: str, joined: str) -> None:
    head = f"From: a@b.example\nContent-Type: text/plain; charset=utf-8; format=flowed{parameter}\n\n"
    source = read(tmp_path, (head + f"{TITLE}\n\n采下来的鲜叶 \n当天就要进锅。\n").encode())
    assert isinstance(source, SourceText) and joined in source.text


def test_parts_beyond_the_limit_are_told(tmp_path: Path) -> None:
    message = mail()
    message.set_content(TEXT)
    for _ in range(600):
        message.add_attachment(b"x", maintype="image", subtype="png", filename="a.png")
    source = read(tmp_path, message.as_bytes())
    assert isinstance(source, SourceText) and FIRST in source.text and "部分太多" in source.problems[1]


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
            "parameters": lambda size: 'Content-Type: text/plain; x="' + ";" * size + "\n\nx",
            "many parameters": lambda size: "Content-Type: multipart/mixed" + "; a=b" * (size // 5) + "\n\nx",
            "folded": lambda size: "Content-Disposition: inline" + ";\n a=b" * (size // 6) + "\n\nx",
            "pages": lambda size: "Content-Type: text/html\n\n" + "<style>a" * (size // 8),
            "tags": lambda size: "Content-Type: text/html\n\n" + "<a" * (size // 2),
            "parts": lambda size: (
                "Content-Type: multipart/mixed; boundary=a\n\n" + "--a\n\nx\n" * (size // 7)
            ),
        },
    )
    assert [str(one) for one in steep] == []

"""Signs that title, date or body of a text were read wrongly."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, A, B

from jianggao.parsing.misreadings import imprint_told, signs_of_misreading

NAMED = "在全县修渠动员会上的讲话"
IMPRINT = ("开本：16开", "印张：12", "字数：20千字")


def told(*body: str, title: str = "修渠的事", front: tuple[str, ...] = (), salutation: bool = False) -> str:
    return "\n".join(signs_of_misreading(title, front, body, salutation, True))


def undated(*lines: str, body: tuple[str, ...] = (A,), salutation: bool = False) -> str:
    return "\n".join(signs_of_misreading("修渠的事", lines, body, salutation, False))


@pytest.mark.parametrize("line", ["同志们：", "各位代表，各位来宾：", "亲爱的同学们："])
def test_a_salutation_in_the_body_is_told(line: str) -> None:
    assert told(A, line, B).startswith(f"正文里还有称谓“{line}”") and "删去" in told(A, line, B)
    assert told(A, line, B, salutation=True) == ""


@pytest.mark.parametrize(
    "lines",
    [
        ("临走时他给我写了一封信：", "亲爱的乡亲们：", A),
        ("方大川：渠修好了。", A, "王水根：还没有。", "各位代表：", B, "方大川：会好的。"),
        ("方大川同志：", A),
        (*[A] * 12, "同志们：", B),
    ],
)
def test_other_salutations_are_in_place(lines: tuple[str, ...]) -> None:
    assert told(*lines) == ""


def test_a_hosts_words_before_the_meeting_stand_above_the_salutation() -> None:
    assert told(A, "尊敬的各位来宾：", B, title="修渠表彰大会主持词") == ""


def test_a_title_in_the_body_is_told() -> None:
    assert told(A, NAMED, B) == f"“{NAMED}”像是标题，却留在正文里。是标题就移到源文件第一行"
    assert told(A, NAMED, B, title=NAMED) == "" and told(A, NAMED, B, salutation=True) == ""
    assert told(A, "他" + NAMED + "里说过，渠要常修。", B) == ""


def test_a_title_that_is_none_over_a_speechs_is_told() -> None:
    assert "请把讲话的题目移到第一行" in told(A, title="县水利局关于印发讲话的通知", front=(NAMED,))
    assert told(A, title="让渠水流到最远的田", front=("——" + NAMED, NAMED)) == ""
    assert told(A, title="关于严格文件管理的讲话", front=(NAMED,)) == ""


@pytest.mark.parametrize("line", ["2024年3月5日 21:40", "县委礼堂 2024年3月5日", "（二〇二四年三月五日）"])
def test_a_date_that_was_not_read_is_told(line: str) -> None:
    assert undated(line).startswith(f"没有读出日期，开头却有“{line}”")
    assert undated(body=(line, A)) and not undated(body=(A, line))
    assert undated(line, salutation=True) and not undated(body=(line, A), salutation=True)


@pytest.mark.parametrize("line", ["2024年3月5日那天，渠口的水漫过了田埂。", "2024年×月×日", "三月五日"])
def test_lines_without_a_whole_date_and_sentences_are_none(line: str) -> None:
    assert undated(line) == ""


@pytest.mark.parametrize("lines", [("ISBN 978-7-0000-0000-0",), ("图书在版编目（CIP）数据",), IMPRINT])
def test_a_books_imprint_is_told(lines: tuple[str, ...]) -> None:
    assert "版权页" in next(imprint_told([A, *lines, B]))
    assert list(imprint_told([*HEAD, *IMPRINT[:2], "印张的事以后再说。" + A])) == []

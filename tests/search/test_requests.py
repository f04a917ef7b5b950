"""A request typed as a sentence is searched for by its matter; what is no request is never cut."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jieba
import pytest
from project_root import ROOT

from jianggao.application import Application
from jianggao.search.passage_names import kind_named
from jianggao.search.query import parse_query
from jianggao.search.requests import matter_of, request_query, wants_speech
from jianggao.text.normal_form import normal_form

ROWS = [
    line.split("\t")
    for line in (ROOT / "tests/search/requests.tsv").read_text(encoding="utf-8").splitlines()
    if "\t" in line
]
NO_REQUESTS = frozenset(("theme", "phrase", "half_remembered", "title", "number", "everyday"))


def is_whole(text: str) -> bool:
    return normal_form(matter_of(text)) == normal_form(text)


@pytest.mark.parametrize(("request_", "bare"), ROWS)
def test_the_matter_is_left(request_: str, bare: str) -> None:
    """All of the matter, and at most two characters more, but for a kind of passage."""
    matter = matter_of(request_)
    last = matter.split()[-1]
    more = 2 + (len(last) if kind_named(last) else 0)
    assert all(word in normal_form(matter) for word in map(normal_form, bare.split()))
    assert len(normal_form(matter)) <= len(normal_form(bare)) + more


@pytest.mark.parametrize(
    ("request_", "matter"),
    [
        ("帮我找一段就业讲话的结尾", "就业 结尾"),
        ("信访工作讲话里的小标题来几个", "信访工作 小标题"),
        ("有没有毕业典礼讲话结尾的金句", "毕业典礼 结尾"),
    ],
)
def test_kinds_of_passage_stay(request_: str, matter: str) -> None:
    assert matter_of(request_) == matter


@pytest.mark.parametrize("request_", ["有没有讲话", "求一篇稿子", "在吗", "谢谢大家", "给个说法", ""])
def test_what_is_all_frame_comes_back_whole(request_: str) -> None:
    assert matter_of(request_) == request_


@pytest.mark.parametrize(
    "matter", ["老板跑了", "想创业", "都是老人", "看中医", "求真务实", "讲政治", "种业振兴", "两个责任"]
)
@pytest.mark.parametrize(
    "frame", ["有没有关于{}的素材", "求一篇{}的讲话", "来点{}的金句", "有没有{}的讲话啊"]
)
def test_the_matter_keeps_words_that_are_frame_elsewhere(frame: str, matter: str) -> None:
    assert matter_of(frame.format(matter)) == matter


async def test_titles_and_headings_are_no_requests(samples: Application) -> None:
    async with samples.database.read() as connection:
        rows = await connection.execute_fetchall(
            "SELECT v.title, s.label FROM sections s JOIN versions v ON v.id = s.version"
        )
    names = {name for row in rows for part in row for name in part.split("\n")}
    assert len(names) > 200
    assert [name for name in names if not is_whole(name)] == []


async def test_beginnings_of_sentences_are_hardly_ever_requests(samples: Application) -> None:
    async with samples.database.read() as connection:
        rows = await connection.execute_fetchall("SELECT body FROM sections WHERE listed = 1")
    beginnings = {
        sentence.strip("”“")[:12] for (body,) in rows for sentence in re.split(r"[。！？；\n]", body)
    }
    damaged = [beginning for beginning in beginnings if not is_whole(beginning)]
    assert len(damaged) < len(beginnings) / 200, damaged


def test_words_of_the_dictionary_are_no_requests() -> None:
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines()
    words = [word for word, often, _ in map(str.split, lines) if len(word) >= 3 and int(often) > 20]
    assert len(words) > 20_000
    assert [word for word in words if not is_whole(word)] == []


@pytest.mark.parametrize("name", ["synonyms.txt", "everyday_words.txt", "plain_words.txt"])
def test_words_of_the_tables_are_no_requests(name: str) -> None:
    lines = (ROOT / "data" / name).read_text(encoding="utf-8").splitlines()
    words = {re.split("[=~]", line)[0].strip() for line in lines if not line.startswith("#")} - {""}
    assert words
    # 老人…吃饭 is nothing that anybody types.
    assert [word for word in words if "…" not in word and not is_whole(word)] == []


def test_other_questions_are_no_requests() -> None:
    lines = (ROOT / "jianggao/benchmarks/judged.jsonl").read_text(encoding="utf-8").splitlines()
    judged = [
        row["query"] for row in map(json.loads, lines) if row["kind"] in NO_REQUESTS and row["half"] == "tune"
    ]
    assert judged
    assert [query for query in judged if not is_whole(query)] == []


@pytest.mark.parametrize(
    ("request_", "is_wanted"),
    [
        ("找篇职业教育的讲话", True),
        ("谁有信访工作的发言稿", True),
        ("求民营经济座谈会讲话全文", True),
        ("求一段关于职业教育的论述", False),
        ("职业教育讲话里的段落", False),
        ("关于信访工作有什么好说法", False),
        ("有没有民营经济的例子", False),
        ("讲话精神怎么写", False),
    ],
)
def test_whole_speeches_are_wanted_or_passages(request_: str, is_wanted: bool) -> None:
    assert wants_speech(request_) is is_wanted


@pytest.mark.parametrize(
    ("typed", "matter"),
    [
        ("沈望田的讲话", "沈望田"),
        ("张铁柱讲话稿", "张铁柱"),
        ("钱伯谦发言", "钱伯谦"),
        ("他的讲话", None),
        ("高校的讲话", None),
        ("安全的讲话", None),
        ("讲养老的有几篇", "养老"),
        ("植树节有没有合适的故事", "植树节 故事"),
        ("“沈望田的讲话”", None),
    ],
)
def test_who_spoke_and_how_many_there_are(typed: str, matter: str | None) -> None:
    found = request_query(parse_query(typed))
    assert (found.text if found else None) == matter

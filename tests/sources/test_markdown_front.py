"""What programs write above a text is told, and only title, author and day of it count."""

from __future__ import annotations

from datetime import date

import pytest
from page_texts import FIRST, SECOND, TITLE

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.read_sources import parse_source
from jianggao.sources.markdown import looks_like_markdown, read_markdown
from jianggao.sources.markdown_front import read_front
from jianggao.sources.source_text import SourceText

BODY = f"各位乡亲：\n\n{FIRST}\n\n{SECOND}\n\n谢谢大家。\n"
SITES = ("_领导讲话_青禾县人民政府", " - 青禾县水务局", "|讲话|青禾新闻网", "-青禾大学", "_qinghe.example.cn")


def speech_of(text: str) -> ParsedSpeech:
    read = read_markdown(text)
    source = SourceText("a.md", read.text, "utf-8", read.headings, (), tuple(read.dropped))
    parsed = parse_source(source, date(2026, 3, 18))[0].parsed
    assert isinstance(parsed, ParsedSpeech)
    return parsed


def header(title: str, published: str = "") -> str:
    moment = f"Published Time: {published}\n\n" if published else ""
    return f"Title: {title}\n\nURL Source: https://qinghe.example.cn/a\n\n{moment}Markdown Content:\n"


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("shown", [f"# {TITLE}", f"{TITLE}\n======"])
def test_a_converters_header_gives_way_to_the_title_of_the_text(site: str, shown: str) -> None:
    speech = speech_of(f"{header(TITLE + site)}\n{shown}\n\n{BODY}")
    assert speech.title == TITLE and speech.occasion == "" and speech.problems == ()
    assert speech.removed == (
        f"Title: {TITLE}{site}",
        "URL Source: https://qinghe.example.cn/a",
        "Markdown Content:",
    )
    assert set(speech.removed_because) == {"文件头"}


@pytest.mark.parametrize("site", SITES[:3])
def test_the_title_of_a_header_alone_loses_its_site(site: str) -> None:
    assert speech_of(f"{header(TITLE + site)}\n{BODY}").title == TITLE


def test_the_menu_below_the_header_goes_as_one_line() -> None:
    menu = "*   [首页](https://a.example/)\n*   [走进青禾](https://a.example/b)\n*   [要闻](https://a.example/c)\n"
    for above in (header(f"{TITLE}_青禾县人民政府"), ""):
        for shown in (f"# {TITLE}\n\n", f"{TITLE}\n===\n\n"):
            speech = speech_of(f"{above}{menu}\n{shown}{BODY}")
            assert speech.title == TITLE and speech.occasion == ""
            assert speech.removed[-1] == "首页 走进青禾 要闻"
    named = menu.replace("首页", "本站")
    assert speech_of(f"{header(TITLE)}{named}\n{BODY}").removed[-1] == "本站 走进青禾 要闻"
    # A contents list leads to places of the text.
    contents = "- [看渠](#a)\n- [清账](#b)\n- [修渠](#c)\n"
    assert "清账" in read_markdown(f"# {TITLE}\n\n{contents}\n{BODY}").text


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Tue, 18 Mar 2025 01:42:11 GMT", date(2025, 3, 18)),
        ("Mon, 17 Mar 2025 18:00:00 GMT", date(2025, 3, 18)),
        ("2025-03-18T09:00:00+08:00", date(2025, 3, 18)),
        ("2025-03-18", date(2025, 3, 18)),
        ("yesterday", None),
        (f"Tue, 18 Mar 2025 01:42:11 +{'9' * 20}", None),
    ],
)
def test_the_day_of_publication(written: str, day: date | None) -> None:
    assert speech_of(f"{header(TITLE, written)}\n# {TITLE}\n\n{BODY}").date == day


def test_a_day_under_the_title_counts_more_than_that_of_publication() -> None:
    speech = speech_of(f"{header(TITLE, '2025-03-18')}\n# {TITLE}\n\n（2025年3月15日）\n\n{BODY}")
    assert speech.date == date(2025, 3, 15) and speech.occasion == "（2025年3月15日）"


def test_front_matter_with_the_name_of_a_site() -> None:
    speech = speech_of(
        f"---\ntitle: {TITLE}_领导讲话_青禾县人民政府\nurl: https://a.example\n---\n\n# {TITLE}\n\n{BODY}"
    )
    assert speech.title == TITLE and speech.occasion == ""
    assert speech.removed == (f"title: {TITLE}_领导讲话_青禾县人民政府", "url: https://a.example")
    # A dash within a title of one's own parts no site.
    text = read_markdown("---\ntitle: 渠边夜话-写给水务局\n---\n渠水清。\n").text
    assert text.startswith("渠边夜话-写给水务局\n")


@pytest.mark.parametrize(
    "working",
    ["春灌动员定稿", "2025看渠终稿", "看渠大会v2", "站长讲话（第三稿）", "讲话_最终版2", "kanqu-final"],
)
def test_what_the_writer_calls_the_file_gives_way_to_the_title_of_the_text(working: str) -> None:
    front = f"---\ntitle: {working}\ndate: 2025-04-02\n---\n\n"
    speech = speech_of(f"{front}# {TITLE}\n\n{BODY}")
    assert (speech.title, speech.occasion) == (TITLE, "日期：2025-04-02")
    assert (speech.removed, speech.removed_because) == ((f"title: {working}",), ("文件头",))
    # Where the text has none, or several, the file's is the only one.
    assert speech_of(f"{front}{BODY}").title == working
    assert working in speech_of(f"{front}# 看清路\n\n{FIRST}\n\n# 迈开步\n\n{SECOND}\n").title


@pytest.mark.parametrize("theme", ["人心是最好的渠", "把渠修到田头", "稿子里没有的话", "一份定稿的由来"])
def test_a_theme_in_the_front_matter_stays_beside_the_title(theme: str) -> None:
    speech = speech_of(f"---\ntitle: {theme}\n---\n\n# {TITLE}\n\n{BODY}")
    assert theme in (speech.title, *speech.occasion.split("\n")) and speech.removed == ()


def test_the_author_of_the_front_matter_is_not_who_speaks_where_the_text_says_who_does() -> None:
    for author in ("办公室小方", "罗小满"):
        front = f"---\nauthor: {author}\n---\n\n# {TITLE}\n\n"
        speech = speech_of(f"{front}主讲：渠水县副县长 庄渠生\n\n{BODY}")
        assert speech.speaker == "庄渠生" and f"作者：{author}" in speech.occasion
    assert speech_of(f"{front}{BODY}").speaker == "罗小满"


def test_a_first_line_that_is_the_title_with_its_site() -> None:
    for row in (f"{TITLE}_领导讲话_青禾县人民政府", f"**{TITLE} | 青禾新闻网**"):
        speech = speech_of(f"{row}\n\n# {TITLE}\n\n{BODY}")
        assert speech.title == TITLE and speech.removed_because == ("重复的标题",)
    speech = speech_of(f"{TITLE}——写给水务局\n\n## {TITLE}\n\n{BODY}")
    assert speech.occasion == "——写给水务局"


def test_underscores_of_what_a_page_calls_itself_are_no_emphasis() -> None:
    line = "在看渠大会上的讲话_领导讲话_青禾县人民政府"
    assert read_markdown(f"## 一\n\n{line}\n").text.endswith(f"{line}\n")
    sentence = "渠水清，_要常看_。这件事_不要_拖，今天就办。"
    assert read_markdown(sentence).text == sentence.replace("_", "") + "\n"


@pytest.mark.parametrize("end", ["", "\n"])
@pytest.mark.parametrize("further", [0, 17, 18, 19])
def test_no_row_of_a_long_header_is_text(further: int, end: str) -> None:
    rows = [
        "Title: 看渠",
        "URL Source: https://qinghe.example.cn/a",
        *(f"Warning: {at}" for at in range(further)),
    ]
    front = read_front("\n".join(rows) + end)
    assert not any(row for row in front.rows if row in rows[:20])


def test_a_text_file_with_a_converters_header_is_markdown() -> None:
    assert looks_like_markdown(header(TITLE) + BODY)
    assert not looks_like_markdown(f"Title: {TITLE}\n\n{BODY}")

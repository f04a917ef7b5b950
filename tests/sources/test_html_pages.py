"""Web pages give their article: nothing of it is lost, and no furniture comes along."""

from __future__ import annotations

import pytest
from page_texts import (
    FIRST,
    FROM_WORD,
    GOVERNMENT,
    LINE_BREAKS,
    NEWS,
    PLAIN_DIVS,
    SALUTATION,
    SECOND,
    THIRD,
    TITLE,
    WECHAT,
)

from jianggao.sources.html_pages import decode_page, fragment_text, html_text, looks_like_html
from jianggao.sources.markup import BOLD_DEPTH


def lines(page: str) -> list[str]:
    return [line.strip() for line in html_text(page).text.split("\n") if line.strip()]


def test_a_page_of_a_government_laid_out_by_tables() -> None:
    assert lines(GOVERNMENT) == [
        TITLE,
        "发布时间：2025-03-18　来源：县水务局",
        SALUTATION,
        FIRST,
        "一、先堵漏眼",
        SECOND,
        "二、再清账目",
        THIRD,
        "村名 | 长度 | 看护人",
        "南湾 |  | 方守渠",
        "合计 |  | 6人",
    ]
    assert html_text(GOVERNMENT).headings == {
        TITLE: 1,
        "一、先堵漏眼": BOLD_DEPTH,
        "二、再清账目": BOLD_DEPTH,
    }


def test_an_article_of_wechat_though_its_text_is_hidden_until_a_script_runs() -> None:
    assert lines(WECHAT) == [
        f"渠边夜话：{TITLE}",
        "作者：方守渠 来源： 青禾水务 2025年3月18日",
        SALUTATION,
        "01 漏眼在哪里",
        FIRST,
        "02 人从哪里来",
        SECOND,
        THIRD,
    ]


def test_a_page_of_a_newspaper() -> None:
    assert lines(NEWS) == [
        "把看渠的账算到人头上",
        "2025-03-18 09:20 来源：青禾日报",
        "一、漏眼在哪里",
        FIRST,
        "二、人从哪里来",
        SECOND,
        "（一）请人",
        THIRD,
    ]
    assert html_text(NEWS).headings == {
        "把看渠的账算到人头上": 1,
        "一、漏眼在哪里": 2,
        "二、人从哪里来": 2,
        "（一）请人": 3,
    }


def test_a_page_without_any_names_that_tell() -> None:
    assert lines(PLAIN_DIVS) == [
        TITLE,
        "作者：办公室 日期：2025年3月18日",
        SALUTATION,
        FIRST,
        "一、漏眼",
        SECOND,
        THIRD,
        "青禾县水务局",
    ]


def test_a_page_of_line_breaks_alone() -> None:
    assert lines(LINE_BREAKS) == [
        TITLE,
        "（2025年3月18日）",
        SALUTATION,
        FIRST,
        "一、漏眼",
        SECOND,
        "二、账目",
        THIRD,
    ]


def test_a_page_that_word_saved() -> None:
    assert lines(FROM_WORD) == [TITLE, SALUTATION, "一、漏眼在哪里", FIRST, "二、人从哪里来", SECOND]


def test_a_short_page_is_kept_as_a_whole() -> None:
    page = "<html><head><title>贺信</title></head><body><p>各位老师：</p><p>祝你们节日快乐。</p><p>方守渠</p>"
    assert lines(page) == ["贺信", "各位老师：", "祝你们节日快乐。", "方守渠"]


def test_what_stands_behind_the_end_of_a_page_is_text() -> None:
    assert lines("<html><body><p>渠水清。</p></body></html><p>水长流。</p>") == ["渠水清。", "水长流。"]


@pytest.mark.parametrize(
    "opened", ["<!-- 注", "<script>", "<style>", "<title>", "<textarea>", "<div>" * 3_000]
)
def test_what_is_never_closed_swallows_no_text(opened: str) -> None:
    assert "水长流。" in html_text(f"<html><body><p>渠水清。</p>{opened}<p>水长流。</p>").text


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "GB18030"])
def test_a_page_is_in_the_encoding_that_it_names(declared: str) -> None:
    page = f'<html><head><meta charset="{declared}"></head><body><p>朱镕堃同志：{FIRST}</p></body></html>'
    assert decode_page(page.encode("gb18030")) == (page, "gb18030")


def test_a_page_of_a_hundred_thousand_elements_one_in_another_has_no_more_rows_than_text() -> None:
    page = f"<html><body>{'<div>' * 100_000}<p>{FIRST}</p><p>{SECOND}</p>{'</div>' * 100_000}</body></html>"
    text = html_text(page).text
    assert lines(page) == [FIRST, SECOND] and text.count("\n") < 10


def test_a_page_in_big5_and_one_that_names_none() -> None:
    page = '<html><head><meta http-equiv="x" content="text/html; charset=big5"></head><body>渠道與農田</body>'
    assert decode_page(page.encode("big5")) == (page, "big5hkscs")
    bare = f"<html><body><p>{FIRST}</p></body></html>"
    assert decode_page(bare.encode("gbk")) == (bare, "gb18030")


def test_a_page_saved_anew_still_names_its_old_encoding() -> None:
    page = f'<html><head><meta charset="gb2312"></head><body><p>{FIRST}</p></body></html>'
    assert decode_page(page.encode()) == (page, "utf-8")


def test_entities_and_reading_aids() -> None:
    page = (
        "<p>&ldquo;渠&rdquo;&hellip;水从<ruby>汛<rp>(</rp><rt>xùn</rt><rp>)</rp></ruby>里来，"
        "x<sup>2</sup>，<del>旧</del>新。</p>"
    )
    assert fragment_text(page).text == "“渠”…水从汛里来，x²，旧新。\n"


def test_a_whole_page_is_known_in_a_text_file() -> None:
    assert looks_like_html(NEWS) and looks_like_html(GOVERNMENT)
    assert not looks_like_html("<html> 是网页的开头，不是讲话的开头。\n") and not looks_like_html(FIRST)


def test_a_page_all_in_bold_has_no_headings() -> None:
    page = "".join(f"<p><b>第{at}件事已经办完</b></p>" for at in range(5))
    assert fragment_text(page).headings == {}

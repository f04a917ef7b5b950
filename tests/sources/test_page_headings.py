"""A title that a page breaks into several lines is one title, wherever it stands."""

from __future__ import annotations

import pytest
from lxml import etree
from page_texts import FIRST, SALUTATION, SECOND, THIRD

from jianggao.sources.html_lines import page_lines
from jianggao.sources.html_pages import html_text
from jianggao.sources.page_headings import first_lines_of_headings, with_whole_title

LONG = "县水务局长在全县冬季看渠人培训班开班式上的讲话"
CUT = LONG.index("培训班")
THEME, SUBTITLE = "让水走到最远的地头", "在全县看渠人大会上的讲话"


def shown(heading: str, title: str) -> list[str]:
    """Returns the text of a page with this heading above its content and this name."""
    page = (
        f"<html><head><title>{title}</title></head><body><div class=nav><a href=/>首页</a></div><div class=left>"
        f"{heading}<div class=info>时间：2024-11-02 来源：渠边</div><div class=content><p>{SALUTATION}</p>"
        f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></div></body></html>"
    )
    return [line for line in html_text(page).text.split("\n") if line]


@pytest.mark.parametrize("site", ["_领导讲话_渠边文稿", " - 渠边文稿", "_青禾新闻网", ""])
@pytest.mark.parametrize("joint", ["<br>", "<br />&nbsp;", "</span><br><span>", "<wbr>", "\n"])
@pytest.mark.parametrize("tag", ["h1", "h2", "div class=arti-title", "p align=center"])
def test_a_break_within_the_title_makes_no_other_title(tag: str, joint: str, site: str) -> None:
    heading = f"<{tag}><span>{LONG[:CUT]}{joint}{LONG[CUT:]}</span></{tag.split()[0]}>"
    assert shown(heading, LONG + site)[0] == LONG


def test_a_title_in_two_headings() -> None:
    assert shown(f"<h1>{LONG[:CUT]}</h1><h1>{LONG[CUT:]}</h1>", f"{LONG}_青禾新闻网")[0] == LONG


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (f"<h1>{THEME}<br>——{SUBTITLE}</h1>", f"{THEME}_渠边文稿"),
        (f"<h1>{THEME}<br>——{SUBTITLE}</h1>", "渠边文稿"),
        (f"<h1>{THEME}<small>——{SUBTITLE}</small></h1>", f"{THEME}_渠边文稿"),
        (f"<h1>{THEME}</h1><h1>——{SUBTITLE}</h1>", "渠边文稿"),
    ],
)
def test_a_subtitle_stays_below_its_title(heading: str, title: str) -> None:
    assert shown(heading, title)[:2] == [THEME, f"——{SUBTITLE}"]


def test_a_subtitle_stands_behind_the_dash_that_the_pages_name_has() -> None:
    whole = f"{THEME}——{SUBTITLE}"
    for heading in (f"<h1>{THEME}<br>{SUBTITLE}</h1>", f"<h1>{THEME}<small>{SUBTITLE}</small></h1>"):
        assert shown(heading, f"{whole}_渠边文稿")[0] == whole


def test_a_blank_in_the_pages_name_leaves_two_lines_as_they_are() -> None:
    assert shown(f"<h1>{THEME}<br>{SUBTITLE}</h1>", f"{THEME} {SUBTITLE}_渠边文稿")[:2] == [THEME, SUBTITLE]


def test_the_only_heading_is_the_title_whatever_the_page_is_called() -> None:
    assert "".join(shown(f"<h1>{LONG[:CUT]}<br>{LONG[CUT:]}</h1>", "渠边文稿")[:2]) == LONG


def test_a_name_that_is_cut_short_names_its_heading() -> None:
    for title in (f"{LONG[:12]}..._渠边文稿", f"{LONG[:12]}…"):
        assert shown(f"<h2>{LONG}</h2>", title)[0] == LONG


def test_lines_that_the_pages_name_does_not_repeat_stay_apart() -> None:
    page = page_lines(etree.HTML(f"<div><h1>{THEME}<br>方守渠</h1><p>{FIRST}</p></div>"))
    assert with_whole_title(page, f"{THEME}_渠边文稿") == (page, [])
    assert first_lines_of_headings(page.lines) == {0}


def test_a_page_that_repeats_a_word_of_its_name_in_every_line() -> None:
    page = page_lines(etree.HTML("<div>" + "渠<br>" * 5_000 + "</div>"))
    assert with_whole_title(page, "看" + "渠" * 100 + "人") == (page, [])

"""Sites set their own names behind a title; a subtitle is none."""

from __future__ import annotations

from page_texts import TITLE

from jianggao.sources.page_titles import own_title, page_name_around, without_site


def test_the_names_of_column_and_site_go() -> None:
    for site in ("_领导讲话_青禾县人民政府", " - 青禾新闻网", "|讲话|青禾日报", "-qinghe.example.cn"):
        assert without_site(TITLE + site) == TITLE
        assert own_title(TITLE + site, [(TITLE, False)]) == TITLE
        assert page_name_around(TITLE + site, ["各位乡亲：", TITLE]) == TITLE


def test_a_site_of_any_name_goes_behind_what_ends_as_a_speech_does() -> None:
    for site in ("_领导讲话_渠边小屋", " - 渠边小屋", " | 渠边小屋", "（第二稿）_渠边小屋"):
        assert without_site(TITLE + site) == TITLE + ("（第二稿）" if "稿）" in site else "")
    for title in (f"领导讲话_{TITLE}", f"渠边小屋 - {TITLE}", "看渠人 - 渠边小屋", f"{TITLE}-之二"):
        assert without_site(title) == title


def test_days_and_subtitles_stay() -> None:
    for title in ("2025-03-18", "看渠会2024-2025", f"守渠——{TITLE}", "守渠人｜一个人和一条渠"):
        assert without_site(title) == title
    for title in (f"守渠人——{TITLE}", f"守渠人-{TITLE}", "守渠人（青禾县政府）", "守渠人"):
        assert page_name_around(title, ["守渠人", TITLE]) == ""

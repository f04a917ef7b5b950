"""Titles and subtitles that stand between the same signs on both sides."""

from __future__ import annotations

import pytest
from parsed_texts import A, B, speech_of

from jianggao.parsing.framed_lines import framed
from jianggao.parsing.title_subtitles import title_styles

THEME, SPEECH = "让路灯亮到村口", "在全镇路灯管护推进会上的讲话"


@pytest.mark.parametrize(
    "signs",
    [
        *(
            ("～", "～"),
            ("~", "~"),
            ("〜〜", "〜〜"),
            ("== ", " =="),
            ("｜", "｜"),
            ("__", "__"),
            ("· ", " ·"),
        ),
        *(
            ("∽∽", "∽∽"),
            ("//", "//"),
            ("★", "★"),
            ("<<", ">>"),
            ("「", "」"),
            ("[", "]"),
            ("※ ", " ※"),
            ("＊＊", "＊＊"),
        ),
    ],
)
@pytest.mark.parametrize("called", [("同志们：",), ()])
def test_a_framed_speech_is_the_subtitle_without_its_signs(
    signs: tuple[str, str], called: tuple[str]
) -> None:
    line = SPEECH.join(signs)
    below = speech_of(THEME, line, *called, A, B)
    assert (below.title, below.occasion) == (THEME, SPEECH)
    assert below.removed == tuple(each.strip() for each in signs)
    assert speech_of(line, *called, A, B).title == SPEECH


@pytest.mark.parametrize("dashes", ["——", "- ", "―", "一一"])
def test_the_dash_before_a_subtitle_stays(dashes: str) -> None:
    line = dashes + SPEECH + dashes[::-1]
    speech = speech_of(THEME, line, "同志们：", A)
    assert (speech.title, speech.occasion) == (THEME, dashes + SPEECH)
    assert speech.text.split("\n")[2] == "同志们："
    assert speech_of(line, "同志们：", A).title == SPEECH


def test_a_framed_theme_is_the_title_without_its_signs() -> None:
    assert speech_of(f"～{THEME}～", SPEECH, "同志们：", A).title == THEME
    assert speech_of(f"== {THEME} ==", f"== {SPEECH} ==", "同志们：", A).title == THEME


def test_a_framed_line_below_a_title_is_no_part_of_it() -> None:
    speech = speech_of(THEME, "～写给巡灯的人～", "同志们：", A)
    assert (speech.title, speech.occasion) == (THEME, "～写给巡灯的人～")


def test_a_heading_of_the_source_is_one_without_its_signs() -> None:
    assert title_styles({f"= {SPEECH} =": 1})[SPEECH] == 1


@pytest.mark.parametrize(
    "line",
    [
        "·" + SPEECH + "······",
        SPEECH,
        "～" + SPEECH,
        "~" + SPEECH + "=",
        "— 十 —",
        "～～～",
        "",
        "[3]",
        "～" * 200,
    ],
)
def test_what_is_no_frame(line: str) -> None:
    assert framed(line) is None


def test_a_theme_between_dashes_is_a_subtitle_and_leaves_the_salutation_alone() -> None:
    speech = speech_of(SPEECH, f"—— {THEME} ——", "同志们：", A, B)
    assert (speech.title, speech.occasion, speech.salutation) == (SPEECH, f"—— {THEME}", "同志们：")

"""What browsers print at the top and the bottom of pages, and lines of texts that look like it."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TITLE, A, B, speech_of

from jianggao.sources.print_margins import PRINT_MARGIN, printed_margins

ADDRESS = "https://www.example.com/qu/2025.html"


@pytest.mark.parametrize(
    ("top", "bottom"),
    [
        (f"3/18/25, 9:30 AM {TITLE}-渠水网", f"{ADDRESS} %d/2"),
        (f"2025/3/18 09:30 | {TITLE}-渠水网", f"{ADDRESS} | %d/2"),
        (f"2025年3月18日 上午9:30 {TITLE}", "file:///C:/qu/a.html 第 %d 页 共 2 页"),
        (f"{TITLE}-渠水网 {ADDRESS}", "%d / 2 2025/3/18 09:30"),
        (f"{TITLE} {ADDRESS}", "Page %d of 2 18.3.2025, 09:30"),
    ],
)
def test_lines_that_a_browser_prints_on_each_page_go(top: str, bottom: str) -> None:
    body = ["一、看清路", B[:25], bottom % 1, top, B[25:], "二、迈开步", A]
    speech = speech_of(top, *HEAD, *body, bottom % 2)
    assert speech.removed == (top, bottom % 1, top, bottom % 2)
    assert set(speech.removed_because) == {PRINT_MARGIN}
    assert (speech.title, B in speech.text) == (TITLE, True)


def test_one_page_has_its_title_at_its_edge() -> None:
    lines = ["2025/3/18 09:30 渠水网", TITLE, A, f"{ADDRESS} 1/1"]
    assert printed_margins(lines) == {0, 3}
    assert printed_margins([TITLE, A, f"{ADDRESS} 1/1", "2025/3/18 09:30 渠水网", B]) == {2, 3}


@pytest.mark.parametrize(
    "lines",
    [
        ["2025/3/18 09:30 渠水网", TITLE, A, "2025/3/18 09:30 渠水网", B],  # no address
        [TITLE, f"全文见 {ADDRESS}", A, "3/18", "1/2"],
        ["2025-03-18 09:30 方川：渠通了", "2025-03-18 09:31 大禾：水来了"],  # a chat
        [f"{ADDRESS}是渠水网", "9:30 开会"],
    ],
)
def test_lines_without_an_address_beside_a_number_stay(lines: list[str]) -> None:
    assert printed_margins(lines) == set()


def test_what_stands_once_in_the_midst_of_the_text_stays() -> None:
    lines = [TITLE, A, f"{ADDRESS} 1/3", B, "2025/3/18 09:30 开闸放水", A, f"{ADDRESS} 2/3", f"{ADDRESS} 3/3"]
    assert printed_margins(lines) == {2, 6, 7}

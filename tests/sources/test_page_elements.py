"""What an element of a page is by itself."""

from __future__ import annotations

import pytest
from lxml import html

from jianggao.sources.page_elements import is_control, is_hidden, is_silent, is_unseen


@pytest.mark.parametrize(
    ("element", "hidden", "silent", "unseen"),
    [
        ("<p>渠</p>", False, False, False),
        ("<p hidden>渠</p>", True, False, False),
        ('<span style="color: red; display:none">渠</span>', True, False, True),
        ('<span style="visibility: hidden">渠</span>', False, False, False),
        ('<span aria-hidden="true">§</span>', False, True, True),
        ('<span aria-hidden="true"><b>渠水清</b></span>', False, True, False),
        ("<button>返回</button>", False, False, True),
        ("<svg><text>渠</text></svg>", False, False, True),
    ],
)
def test_what_is_shown(element: str, hidden: bool, silent: bool, unseen: bool) -> None:
    found = html.fragment_fromstring(element)
    assert (is_hidden(found), is_silent(found), is_unseen(found)) == (hidden, silent, unseen)


def test_a_button_in_a_heading_is_no_control() -> None:
    heading = html.fragment_fromstring("<h2><button>看渠</button></h2>")
    assert not is_control(heading[0], "button") and not is_unseen(heading[0])

"""A case has somebody or a named place, and something happens."""

from __future__ import annotations

import pytest

from jianggao.phrases.passage_cases import tells_case


@pytest.mark.parametrize(
    ("body", "is_case"),
    [
        ("去年冬天，柳塘村有位大娘对我说：“水来了，心就定了。”", True),
        ("石坎镇前年修了一条渠，后来冲断了，老罗带着人补了三回。", True),
        ("一位老人问我，渠什么时候通。当时我没有答上来。", True),
        ("各个行政村去年都修了渠。", False),
        ("示范村要带头，试点镇要跟上，中心社区要补课。", False),
        ("去年修了渠，今年管水。", False),
        # What happened, and to whom, stand in two paragraphs: no case is told.
        ("柳塘村、石坎镇。\n去年塌了，后来漏了。", False),
        ("去年深化乡镇机构改革，他们走了九万所乡村学校。", False),
        ("企业集团去年增加了投资，发挥了主渠道作用，翻了一番。", False),
        ("", False),
    ],
)
def test_cases(body: str, is_case: bool) -> None:
    assert tells_case(body) is is_case

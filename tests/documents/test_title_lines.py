"""How wide long titles are set."""

from __future__ import annotations

import pytest

from jianggao.documents.title_lines import LINE_LIMIT, even_width


def lines(title: str) -> list[str]:
    width = even_width(title) or LINE_LIMIT
    return [title[at : at + width] for at in range(0, len(title), width)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("在全市党建引领基层治理工作会议上的讲话", ["在全市党建引领基层治理工作会议上的讲话"]),
        (
            "在全市优化营商环境暨民营经济高质量发展大会上的讲话",
            ["在全市优化营商环境暨民营经济", "高质量发展大会上的讲话"],
        ),
        (
            "在全县巩固拓展脱贫攻坚成果同乡村振兴有效衔接工作推进会议上的讲话",
            ["在全县巩固拓展脱贫攻坚成果同乡村", "振兴有效衔接工作推进会议上的讲话"],
        ),
    ],
)
def test_lines_are_even_and_end_with_words(title: str, expected: list[str]) -> None:
    assert lines(title) == expected


def test_twenty_characters_fit_into_a_line() -> None:
    assert LINE_LIMIT == 20
    assert even_width("渠" * 20) is None
    assert even_width("渠" * 21) is not None


def test_a_title_without_word_ends_is_even() -> None:
    assert even_width("a" * 90) == 15  # 45 characters wide


def test_a_line_never_begins_with_a_particle() -> None:
    for title in (
        "在全市深入推进新时代文明实践中心建设试点工作会议上的讲话",
        "关于推进渠系改造的几点思考和建议以及体会",
    ):
        assert not any(line.startswith("的") for line in lines(title))

"""Whole heads of speeches within a speech don't split it, and are told."""

from __future__ import annotations

import pytest
from parsed_texts import HEAD, TODAY, A, B

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import parse_volume

INNER = "在分组学习会上的发言提纲"
SHORT = "三句话：少开会，多下田，说实话。"


def problems(*lines: str) -> tuple[str, ...]:
    parts = parse_volume("\n".join(lines), "a.txt", TODAY)
    assert len(parts) == 1 and isinstance(parts[0].parsed, ParsedSpeech)
    return parts[0].parsed.problems


@pytest.mark.parametrize(
    "head",
    [
        (INNER, "（2025年3月5日）", "同志们："),
        (INNER, "县长 罗小满", "（1958年3月2日）", "社员同志们："),
        (f"{INNER}（1958年3月2日）", "同志们："),
        (f"“{INNER}", "（1958年3月2日）", "同志们："),
    ],
)
@pytest.mark.parametrize("above", [("附：",), ("下面念一遍老乡长的旧稿。",)])
@pytest.mark.parametrize("below", [(SHORT,), (SHORT, "念完了，稿子短，句句实在。")])
def test_a_whole_head_within_a_speech_is_told(
    head: tuple[str, ...], above: tuple[str, ...], below: tuple[str, ...]
) -> None:
    (told,) = problems(*HEAD, B, *above, *head, *below)
    assert told.startswith(f"第 {len(HEAD) + 3} 行“{head[0]}”") and "=====下一篇=====" in told


def test_several_are_told_in_one_problem() -> None:
    inner = ("附：", INNER, "（2025年3月5日）", "同志们：", SHORT)
    (told,) = problems(*HEAD, B, *inner, *inner)
    assert "第 6 行" in told and "第 11 行" in told


@pytest.mark.parametrize(
    "lines",
    [
        ("编者按：老乡长的话，听过的人都还记得，读来仍很亲切。", *HEAD, B),
        ("让渠水流到村口", "——在修渠动员会上的讲话", "（2025年3月5日）", "同志们：", A, B),
        (*HEAD, "他" + INNER + "里说过，少开会。", "同志们：", A, B),
        (*HEAD, f"这一条写进了{INNER}", A, "同志们：", B),
        (*HEAD, "下面念一段：", INNER, "同志们：", SHORT),
        (*HEAD, B, INNER, "（2025年3月5日）", "同志们：", SHORT, "=====不拆分====="),
    ],
)
def test_other_lines_are_not_told(lines: tuple[str, ...]) -> None:
    assert problems(*lines) == ()

"""How the body is cut into sections."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_texts import HEAD, A, B, assert_nothing_lost, parsed, speech_of

from jianggao.parsing.sections import LONGEST, SHORTEST

_SENTENCES = st.sampled_from([A, B, "渠通了。", "灯亮了，人齐了，锣响了。", "谁来管水？", "水来了！"])
_PARAGRAPHS = st.lists(_SENTENCES, min_size=1, max_size=30).map("".join)
_MARK_ROWS = st.sampled_from(
    [("一、", "二、", "三、"), ("（一）", "（二）", "（三）"), ("1.", "2.", "3."), ("一是", "二是", "三是")]
)


def test_short_sections_under_headings_of_their_own_stay_apart() -> None:
    speech = speech_of(*HEAD, "一、看路", "看远。", "二、迈步", "迈稳。")
    assert [speech.heading_label(section) for section in speech.sections] == ["", "一、看路", "二、迈步"]


def test_short_points_go_together_with_their_siblings() -> None:
    speech = speech_of(*HEAD, "一、看清路", "一是快。", "二是稳稳当当。" + B + A, "三是准。", "二、迈开步", A)
    assert [speech.heading_label(section) for section in speech.sections] == ["", "一、看清路", "二、迈开步"]
    assert [heading.in_body for heading in speech.headings] == [False, True, True, True, False]


@st.composite
def structures(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A speech with headings of two kinds in their order, and the marks that must be found."""
    outer, inner = draw(_MARK_ROWS), draw(_MARK_ROWS)
    lines, marks = [*HEAD], []
    for mark in outer:
        lines += [f"{mark}看清第{len(lines)}段路。", draw(_PARAGRAPHS)]
        marks.append(mark)
        if outer != inner and draw(st.booleans()):
            for point in inner:
                lines.append(f"{point}看清第{len(lines)}块石头。{draw(_PARAGRAPHS)}")
                marks.append(point)
    return "\n".join(lines), marks


@given(structures())
@settings(max_examples=60, deadline=None)
def test_every_heading_is_found_and_sections_have_their_size(made: tuple[str, list[str]]) -> None:
    text, marks = made
    speech = parsed(text)
    assert_nothing_lost(text, speech)
    assert [heading.mark for heading in speech.headings] == marks
    sizes = [len(speech.body(section)) for section in speech.sections]
    assert max(sizes) <= LONGEST
    for before, after in zip(speech.sections, speech.sections[1:], strict=False):
        joined = len(speech.text[before.start : after.end].strip())
        same = before.heading == after.heading and before.end == after.start
        small = min(len(speech.body(before)), len(speech.body(after))) < SHORTEST
        assert not (same and small and joined <= LONGEST)

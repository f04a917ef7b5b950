"""How the body is cut into sections."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_texts import HEAD, A, B, assert_nothing_lost, parsed, speech_of

from jianggao.parsing.model import Heading, Section
from jianggao.parsing.sections import LONGEST, SHORTEST, cut_sections

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


# --- without the parser -------------------------------------------------------------------------------------------


def heading(text: str, written: str, level: int, *, run_in: bool = False) -> Heading:
    start = text.index(written)
    own_line = text[start + len(written)] == "\n"
    return Heading(level, "", written, start, start + len(written) + own_line, run_in)


def bodies(text: str, sections: list[Section]) -> list[str]:
    return [text[section.start : section.end] for section in sections]


def test_a_body_without_headings_is_one_section() -> None:
    headings, sections = cut_sections("前\n" + A + "\n", 2, [], None)
    assert (headings, sections) == ([], [Section(1, None, 2, 3 + len(A))])


def test_the_closing_is_a_section_under_no_heading() -> None:
    text = f"看清路\n{A}{B}\n{B}\n"
    closing = text.rindex(B)
    _, sections = cut_sections(text, 0, [heading(text, "看清路", 1)], closing)
    assert [(section.ordinal, section.heading) for section in sections] == [(1, 0), (2, None)]
    assert bodies(text, sections) == [f"{A}{B}\n", f"{B}\n"]


def test_a_long_section_is_cut_between_paragraphs_into_even_pieces() -> None:
    paragraph = (A + B) * 2 + "\n"
    text = "看清路\n" + paragraph * 6
    _, sections = cut_sections(text, 0, [heading(text, "看清路", 1)], None)
    sizes = [len(body) for body in bodies(text, sections)]
    assert len(sections) == 3 and max(sizes) <= LONGEST and max(sizes) - min(sizes) <= len(paragraph)
    assert all(body.endswith("\n") for body in bodies(text, sections))
    assert "".join(bodies(text, sections)) == paragraph * 6


def test_a_long_paragraph_is_cut_between_sentences_and_not_inside_a_quotation() -> None:
    quoted = "老渠长说：“" + "渠要修；水要管。" * 6 + "”"
    text = (A + quoted + B) * 6
    _, sections = cut_sections(text, 0, [], None)
    assert len(sections) > 1
    for body in bodies(text, sections):
        assert body.count("“") == body.count("”")
        assert len(body) <= LONGEST


def test_a_quotation_that_never_ends_is_cut_all_the_same() -> None:
    text = "“" + "渠要修，水要管。" * 200
    _, sections = cut_sections(text, 0, [], None)
    assert max(len(body) for body in bodies(text, sections)) <= LONGEST


def test_a_last_piece_is_no_crumb() -> None:
    text = ("渠" * 599 + "\n") + ("水" * 20 + "\n") + ("山" * 599 + "\n") + ("石" * 20 + "\n")
    _, sections = cut_sections(text, 0, [], None)
    assert min(len(body) for body in bodies(text, sections)) >= SHORTEST


def test_short_points_are_joined_under_the_heading_above_them() -> None:
    text = f"看清路\n快。\n稳。\n准。\n迈开步\n{A}\n"
    found = [
        heading(text, "看清路", 1),
        *(heading(text, word, 2, run_in=True) for word in ("快。", "稳。", "准。")),
    ]
    headings, sections = cut_sections(text, 0, [*found, heading(text, "迈开步", 1)], None)
    assert [at for at, each in enumerate(headings) if each.in_body] == [1, 2, 3]
    assert [section.heading for section in sections] == [0, 4]
    assert bodies(text, sections) == ["快。\n稳。\n准。\n", f"{A}\n"]


def test_a_headings_own_short_text_goes_with_the_joined_points_below_it() -> None:
    text = "看清路\n要做到三条。\n快。\n稳。\n准。\n"
    found = [
        heading(text, "看清路", 1),
        *(heading(text, word, 2, run_in=True) for word in ("快。", "稳。", "准。")),
    ]
    _, sections = cut_sections(text, 0, found, None)
    assert bodies(text, sections) == ["要做到三条。\n快。\n稳。\n准。\n"]


def test_short_sections_of_level_one_stay_apart() -> None:
    text = "看清路\n看远。\n迈开步\n迈稳。\n"
    _, sections = cut_sections(text, 0, [heading(text, "看清路", 1), heading(text, "迈开步", 1)], None)
    assert bodies(text, sections) == ["看远。\n", "迈稳。\n"]


def test_a_heading_without_text_makes_no_section_of_its_own() -> None:
    text = f"看清路\n远处\n{A}\n"
    headings, sections = cut_sections(text, 0, [heading(text, "看清路", 1), heading(text, "远处", 2)], None)
    assert [section.heading for section in sections] == [1]
    assert not any(each.in_body for each in headings)

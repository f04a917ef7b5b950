"""Where another speech begins, by the lines of a file."""

from __future__ import annotations

from volume_texts import DROUGHT, FLOOD, FLOOD_SPEECH, FOREST, THANKS

from jianggao.parsing.contents_table import entry_form
from jianggao.parsing.lines import source_lines
from jianggao.parsing.volume_boundaries import Boundaries, find_boundaries
from jianggao.parsing.volume_evidence import VolumeText


def found(text: str, **known: object) -> Boundaries:
    return find_boundaries(VolumeText(source_lines(text), **known))  # type: ignore[arg-type]


def titles(text: str, **known: object) -> list[str]:
    lines = source_lines(text)
    return [lines[at].text for at in found(text, **known).later]


def test_a_title_and_a_salutation_behind_a_body_are_enough() -> None:
    assert titles(f"{FLOOD_SPEECH}\n在抗旱会上的讲话\n同志们：\n{DROUGHT}") == ["在抗旱会上的讲话"]


def test_a_title_alone_is_told() -> None:
    boundaries = found(f"{FLOOD_SPEECH}\n\n在抗旱会上的讲话\n{DROUGHT}")
    assert (boundaries.later, boundaries.doubtful) == ([], [5])


def test_three_titles_of_one_form_are_sure_together() -> None:
    one = f"在防汛会上的讲话\n{FLOOD}\n{THANKS}\n"
    rest = [f"在{name}会上的讲话\n{body}\n{THANKS}\n" for name, body in (("抗旱", DROUGHT), ("护林", FOREST))]
    assert titles(one + "".join(rest)) == []
    assert len(titles(one + "".join(rest) + rest[0].replace("抗旱", "春耕"))) == 3


def test_a_title_in_the_contents_needs_less() -> None:
    text = f"雨夜记\n（2022年7月3日）\n{FLOOD}\n杏树与渡船\n（2023年5月9日）\n{DROUGHT}\n"
    assert titles(text) == []
    contents = frozenset(map(entry_form, ("雨夜记", "杏树与渡船")))
    assert titles(text, contents=contents) == ["杏树与渡船"]


def test_a_page_break_counts() -> None:
    text = f"毕业典礼致辞\n同学们：\n{FLOOD}\n开学典礼致辞\n同学们：\n{DROUGHT}"
    assert titles(text) == [] and titles(text, pages=frozenset({5})) == ["开学典礼致辞"]


def test_what_stands_above_the_first_title_is_the_front() -> None:
    boundaries = found(f"渠水县讲话汇编\n2024年\n{FLOOD_SPEECH}")
    assert (boundaries.first, boundaries.is_titled, boundaries.later) == (2, True, [])


def test_a_text_without_lines_has_no_boundaries() -> None:
    assert found("") == Boundaries()

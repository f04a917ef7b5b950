"""Kinds of passage: by their place, by judged sections of the sample speeches, and by sentences made for a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePosixPath

import pytest
from functions_of_texts import TODAY
from judged_passages import HELD_BACK, JUDGED, Judged
from project_root import ROOT

from jianggao.library.preparation import PreparedSection, prepare_file
from jianggao.library.scan import scan
from jianggao.phrases.passage_kinds import (
    PassageKind,
    SectionPlace,
    passage_kinds,
    section_places,
)

BY_WORDS = sorted(set(PassageKind) - {PassageKind.OPENING, PassageKind.CLOSING})
PRECISION, RECALL = 0.85, 0.7


@lru_cache(maxsize=1)
def sample_sections() -> list[tuple[str, PreparedSection, SectionPlace]]:
    """The sections of the sample speeches, each with the name of its file and its place."""
    folder = ROOT / "data" / "speeches"
    found = []
    for file in scan(folder).files:
        for source in prepare_file(folder, file, TODAY):
            sections = source.speech.sections if source.speech else ()
            places = section_places([section.label for section in sections])
            name = PurePosixPath(source.path).name
            found += [(name, section, place) for section, place in zip(sections, places, strict=True)]
    return found


def kinds_of(judged: Judged) -> frozenset[PassageKind]:
    [(section, place)] = [
        (section, place)
        for name, section, place in sample_sections()
        if judged.source in name and section.body.strip().startswith(judged.beginning)
    ]
    return passage_kinds(
        section.body,
        f"{section.above}\n{section.label}",
        is_first=place.is_first,
        is_last=place.is_last,
        is_headless=place.is_headless,
    )


@pytest.mark.parametrize("kind", BY_WORDS, ids=[kind.name for kind in BY_WORDS])
@pytest.mark.parametrize("passages", [JUDGED, HELD_BACK, JUDGED + HELD_BACK])
def test_judged_passages(kind: PassageKind, passages: Sequence[Judged]) -> None:
    counts: Counter[tuple[bool, bool]] = Counter()
    for judged in passages:
        if kind.value not in judged.doubtful.split():
            counts[kind.value in judged.kinds.split(), kind in kinds_of(judged)] += 1
    right = counts[True, True]
    assert right >= PRECISION * (right + counts[False, True]) > 0
    assert right >= RECALL * (right + counts[True, False])


def kinds(body: str, label: str = "", *, is_last: bool = False) -> frozenset[PassageKind]:
    return passage_kinds(body, label, is_first=False, is_last=is_last, is_headless=not label)


def test_places_with_headings() -> None:
    places = section_places(["", "", "一、修渠", "一、修渠", "", "二、管水", "", ""])
    assert [place.is_first for place in places] == [True, True, *[False] * 6]
    assert [place.is_last for place in places] == [*[False] * 6, True, True]
    assert [place.is_headless for place in places] == [True, True, False, False, True, False, True, True]


def test_places_without_headings_or_words_around_them() -> None:
    assert [(place.is_first, place.is_last) for place in section_places(["", "", ""])] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    headed = section_places(["一、修渠", "二、管水"])
    assert [(place.is_first, place.is_last) for place in headed] == [(True, False), (False, True)]
    assert section_places([""]) == [SectionPlace(True, True, True)]
    assert section_places([]) == []


def test_opening_and_closing_go_by_the_place_alone() -> None:
    body = "渠通了，水来了。"
    for is_first in (True, False):
        for is_last in (True, False):
            for is_headless in (True, False):
                place = {"is_first": is_first, "is_last": is_last, "is_headless": is_headless}
                found = passage_kinds(body, "", **place)
                assert (PassageKind.OPENING in found) is (is_first and is_headless)
                assert (PassageKind.CLOSING in found) is is_last
                ends = {PassageKind.OPENING, PassageKind.CLOSING}
                assert found & ends == passage_kinds("", "", **place) & ends


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("渠修了三年，水到了田头。\n下面，我讲三点意见。", PassageKind.TRANSITION),
        ("说完成绩，再说问题。去年还有两条渠没有通水。", PassageKind.TRANSITION),
        ("形势讲清了，关键看怎么干。", PassageKind.TRANSITION),
        ("以上是去年的账。接下来，我说说今年的打算。", PassageKind.TRANSITION),
        ("在肯定成绩的同时，还要看到渠尾的田仍旧缺水。", PassageKind.TRANSITION),
        ("让我们扛起铁锹，把最后一里渠挖通！", PassageKind.CALL),
        ("希望大家多到渠上走一走。", PassageKind.CALL),
        ("拜托各位把这条渠当作自家的井来守。", PassageKind.CALL),
        ("同志们，让每一丘田都喝上水，要靠我们一起努力！", PassageKind.CALL),
        ("渠要一尺一尺地修，水要一丘一丘地管，人要一代一代地接。", PassageKind.PARALLEL),
        ("有的渠修了没有人管。有的渠管了没有水来。有的渠有水却漏在半路。", PassageKind.PARALLEL),
        ("今年修渠86公里，投工3200个，清淤14万方，通水面积增加百分之九。", PassageKind.FIGURES),
        ("全县三成七的渠漏水，去年修了二百一十里，花了四百六十万元，还剩九十五里。", PassageKind.FIGURES),
        ("去年我去柳塘村，一位老人拉着我说：“渠修好了，水没有来。”", PassageKind.CASE),
        ("后来，老邵一个人守了十一年渠，他走了以后，水还在流。", PassageKind.CASE),
        ("一是渠修在地上，路修在心上。水才肯来。\n二是人守着渠，渠养着人。", PassageKind.SUBHEADINGS),
    ],
)  # fmt: skip
def test_has_the_kind(body: str, kind: PassageKind) -> None:
    assert kind in kinds(body)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("干部和群众之间的过渡期还有三年，渠要接着修。", PassageKind.TRANSITION),
        ("他说自己凌晨四点五十就出门看水。", PassageKind.TRANSITION),
        ("水库到田头要过五道闸。", PassageKind.TRANSITION),
        ("去年发出的号召，各村响应得不一样。", PassageKind.CALL),
        ("这件事让我们寒心。", PassageKind.CALL),
        ("请大家先看大屏幕，上面是一张渠系图。", PassageKind.CALL),
        ("一是修好水渠，配齐闸门。二是组建管水队伍。三是按时收缴水费。", PassageKind.PARALLEL),
        ("要抓好失业保险、工伤保险、生育保险的扩面。", PassageKind.PARALLEL),
        ("全县有水库12座，泵站31处，机井208眼，都建了档。", PassageKind.PARALLEL),
        ("2023年3月15日，第14次会议通过第6条，2024年起实行，到2026年为止。", PassageKind.FIGURES),
        ("讲三件事，分两步走，找五个人，开四次会。", PassageKind.FIGURES),
        ("要总结一批典型案例，讲好水利故事。", PassageKind.CASE),
        ("加强水利建设，完善管护机制，提高服务水平。", PassageKind.CASE),
        ("各村都要把小标题写好。", PassageKind.SUBHEADINGS),
    ],
)  # fmt: skip
def test_has_not_the_kind(body: str, kind: PassageKind) -> None:
    assert kind not in kinds(body)


@pytest.mark.parametrize(
    ("label", "well_made"),
    [
        ("（一）渠修在地上，路修在心上", True),
        ("二是种田的人要看得懂、用得上", True),
        ("三、修渠靠匠人，匠人比水还急", True),
        ("一、修渠工作\n（一）钱要见光，账要见人", True),
        ("一、关于修渠的工作", False),
        ("（二）加强水利建设和管护", False),
        ("二", False),
        ("", False),
    ],
)
def test_headings(label: str, well_made: bool) -> None:
    assert (PassageKind.SUBHEADINGS in kinds("渠通了，水来了。", label)) is well_made


def test_an_invitation_is_an_appeal_at_the_end_alone() -> None:
    body = "散会以后，请大家顺路到渠上走一趟。"
    assert PassageKind.CALL in kinds(body, is_last=True)
    assert PassageKind.CALL not in kinds(body)

"""A file becomes texts that are ready to be stored; whatever it holds, it becomes a refusal at worst."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from speech_texts import FULL, PLAIN
from stored_speeches import BODY, TODAY, prepared
from volume_texts import VOLUMES

from jianggao.library import preparation
from jianggao.library.preparation import (
    FAILED,
    PUBLIC_HEADING,
    PUBLIC_WHOLE_PARAGRAPH,
    TOO_HUNGRY,
    PreparedSource,
    prepare_file,
    topics_of,
)
from jianggao.library.scan import scan
from jianggao.parsing.parser import parse


def texts_in(root: Path) -> dict[str, PreparedSource]:
    return {text.path: text for file in scan(root).files for text in prepare_file(root, file, TODAY)}


@pytest.mark.parametrize("text", [FULL, PLAIN])
def test_the_parts_make_up_the_cleaned_text(text: str) -> None:
    speech = prepared(text)
    parsed = parse(text, "a.txt", TODAY)
    assert not isinstance(parsed, str)
    parts = "".join(part.lead + part.body for part in speech.sections)
    assert speech.front + parts + speech.tail == parsed.text
    assert speech.characters == sum(len(part.body) for part in speech.sections)


def test_sections_know_the_headings_that_lead_to_them() -> None:
    speech = prepared(FULL)
    part = next(part for part in speech.sections if "千斤顶" in part.body)
    assert part.label == "（一）先修卡脖子的闸" and part.above == "二、分清轻重，知道先修哪里"
    names = [speech.headings[at].mark + speech.headings[at].text for at in part.headings]
    assert names == [part.above, part.label]
    assert part.lead == "二、分清轻重，知道先修哪里\n（一）先修卡脖子的闸\n"


def test_labels_part_a_bare_mark_from_its_text() -> None:
    speech = prepared(
        f"在会上的讲话\n（2025年3月4日）\n同志们：\n01\n先清渠道\n{BODY}\n02\n再修闸门\n{BODY}\n"
    )
    assert [part.label for part in speech.sections] == ["01 先清渠道", "02 再修闸门"]


def test_less_is_public_of_a_heading_that_is_all_its_paragraph_says() -> None:
    speech = prepared(f"在会上的讲话\n（2025年3月4日）\n同志们：\n一、抓早\n（一）抓好秋粮。\n{BODY}\n")
    limits = {heading.text: heading.public_limit for heading in speech.headings}
    assert limits == {"抓早": PUBLIC_HEADING, "抓好秋粮": PUBLIC_WHOLE_PARAGRAPH}
    text = speech.version_text
    assert [(heading.text, heading.limit) for heading in text.headings] == [
        ("一、抓早", PUBLIC_HEADING),
        ("（一）抓好秋粮", PUBLIC_WHOLE_PARAGRAPH),
    ]
    assert text.letters.startswith("一抓早一抓好秋粮")


def test_punctuation_and_blanks_make_no_other_text() -> None:
    assert prepared(FULL).text_hash == prepared(FULL.replace("，", "、").replace("。", "！")).text_hash
    assert prepared(FULL).text_hash != prepared(FULL.replace("渠老了", "渠太老了")).text_hash


def test_sentences_worth_quoting_stand_where_they_say() -> None:
    (last,) = [part for part in prepared(FULL).sections if part.quotables]
    (sentence,) = last.quotables
    assert last.body[sentence.start : sentence.stop] == "今冬多流一身汗，来年少求一回天。"


@pytest.mark.parametrize(
    ("path", "topics"),
    [
        ("a.txt", ()),
        ("水利/a.txt", ("水利",)),
        ("工作/水利/a.txt", ("水利",)),
        ("党建/2024.zip/a.txt", ("党建",)),
        ("集.zip/a.txt", ()),
        ("集.zip/党建/a.txt", ("党建",)),
        ("水  利/a.txt", ("水 利",)),
        ("\u200b/a.txt", ()),
    ],
)
def test_the_folder_is_the_topic(path: str, topics: tuple[str, ...]) -> None:
    assert topics_of(path) == topics


def test_the_speeches_of_a_volume_are_texts_of_their_own(tmp_path: Path) -> None:
    text, titles = VOLUMES["with contents"]
    (tmp_path / "党建").mkdir()
    (tmp_path / "党建" / "汇编.txt").write_text(text, "utf-8")
    with zipfile.ZipFile(tmp_path / "党建" / "集.zip", "w") as archive:
        archive.writestr("汇编.txt", text)
    found = texts_in(tmp_path)
    for volume in ("党建/汇编.txt", "党建/集.zip/汇编.txt"):
        parts = [part for part in found.values() if part.volume == volume]
        assert [part.path for part in parts] == [f"{volume}/{title}" for title in titles]
        assert all(part.speech is not None and part.topics == ("党建",) for part in parts)


def test_each_text_of_an_archive_stands_for_itself(tmp_path: Path) -> None:
    (tmp_path / "水利").mkdir()
    with zipfile.ZipFile(tmp_path / "水利" / "集.zip", "w") as archive:
        archive.writestr("好.txt", FULL)
        archive.writestr("坏.txt", "一行")
    texts = texts_in(tmp_path)
    good, bad = texts["水利/集.zip/好.txt"], texts["水利/集.zip/坏.txt"]
    assert good.speech is not None and good.refusal is None and good.topics == ("水利",)
    assert (
        bad.speech is None
        and bad.refusal == "只有一行，没有正文。请补上正文，不是讲话就移走"
        and not bad.passing
    )


@pytest.mark.parametrize(
    ("error", "reason"),
    [(MemoryError(), TOO_HUNGRY), (ValueError("坏了"), FAILED), (RecursionError(), FAILED)],
)
def test_a_fault_of_ours_refuses_the_text_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error

    (tmp_path / "a.txt").write_text(FULL, "utf-8")
    monkeypatch.setattr(preparation, "parse_source", fails)
    (text,) = texts_in(tmp_path).values()
    assert (text.speech, text.refusal, text.passing) == (None, reason, True)
    assert type(error).__name__ in text.failure


def test_a_file_that_cannot_be_read_at_all_is_refused_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError

    (tmp_path / "a.txt").write_text(FULL, "utf-8")
    monkeypatch.setattr(preparation, "read_source", fails)
    assert [(text.path, text.refusal) for text in texts_in(tmp_path).values()] == [("a.txt", FAILED)]


def test_the_traceback_of_an_endless_recursion_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object, **__: object) -> None:
        endless()

    (tmp_path / "a.txt").write_text(FULL, "utf-8")
    monkeypatch.setattr(preparation, "parse_source", endless)
    (text,) = texts_in(tmp_path).values()
    assert "RecursionError" in text.failure and len(text.failure) < 10_000

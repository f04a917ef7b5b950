"""Labels that number the texts of a collection: they name nobody, and stand in no speech."""

from __future__ import annotations

from datetime import date

import pytest
from volume_texts import BRIDGE, DROUGHT, FLOOD, FOREST, MARKET

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.speaker import is_name
from jianggao.parsing.volume_labels import is_label_not_name, label_alone
from jianggao.parsing.volume_titles import is_label_row
from jianggao.parsing.volumes import read_volume

TITLES = ("在护渠会上的讲话", "在护林会上的讲话", "在护桥会上的讲话")
BODIES = (FLOOD, FOREST, BRIDGE)
OF_VOLUME = "文集的标题、目录、分隔行"


def speeches_of(text: str) -> list[ParsedSpeech]:
    parts = read_volume(text, "某卷.txt", date(2026, 3, 18)).parts
    return [part.parsed for part in parts if isinstance(part.parsed, ParsedSpeech)]


def volume(labels: tuple[str, ...], calls: tuple[str, ...], front: str = "") -> str:
    return front + "\n".join(
        f"{label}\n{title}\n{call}{body}"
        for label, title, call, body in zip(labels, TITLES, calls, BODIES, strict=False)
    )


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("范文一", 1),
        ("（范文二）", 2),
        ("方案3", 3),
        ("章十二", 12),
        ("【案例②】", 2),
        ("例文 三：", 3),
        ("Part 2", 2),
    ],
)
def test_a_word_and_a_number_are_a_label(line: str, number: int) -> None:
    label = label_alone(line)
    assert label is not None and label.number == number


@pytest.mark.parametrize(
    "line", ["范文清", "方案国", "方十一", "章一鸣", "案例一讲得好", "项目一期", "例一反三", "丁一", "王文章"]
)
def test_names_and_sentences_are_none(line: str) -> None:
    assert label_alone(line) is None


def test_a_label_is_nobodys_name() -> None:
    for line in ("范文一", "方案二", "范例三"):
        assert not is_name(line, beside=True) and is_label_not_name(line, beside=True)
    # 校长 章一 is one.
    assert is_name("章一", beside=True) and not is_name("章一", beside=False)
    assert is_name("范文清", beside=True) and is_name("方十一", beside=True)


def test_rows_that_are_as_short_as_names() -> None:
    assert all(map(is_label_row, ("时间一", "主题2", "春耕篇", "范文一")))
    assert not any(map(is_label_row, ("方十一", "李小一", "方大川", "丁一")))


@pytest.mark.parametrize(
    "labels",
    [
        ("范文一", "范文二", "范文三"),
        ("（范文一）", "（范文二）", "（范文三）"),
        ("方案1", "方案2", "方案3"),
        ("章一", "章二", "章三"),
        ("案例①", "案例②", "案例③"),
        ("文稿一", "文稿二", "文稿三"),
        ("时间一", "时间二", "时间三"),
        ("【第一篇】", "【第二篇】", "【第三篇】"),
        ("春耕篇", "夏种篇", "秋收篇"),
    ],
)
@pytest.mark.parametrize("front", ["", "护渠讲话三篇\n"])
def test_labels_go_and_name_no_speaker(labels: tuple[str, ...], front: str) -> None:
    found = speeches_of(volume(labels, ("同志们：\n", "乡亲们：\n", "弟兄们：\n"), front))
    assert [(each.title, each.speaker, each.occasion) for each in found] == [
        (title, "", "") for title in TITLES
    ]
    removed = dict(zip(found[0].removed, found[0].removed_because, strict=True))
    assert [line for line in removed if line in labels] == [*labels]
    assert {removed[label] for label in labels} == {OF_VOLUME}


@pytest.mark.parametrize("labels", [("范文一", "范文二", "范文三"), ("第一篇", "第二篇", "第三篇")])
def test_a_text_of_a_row_needs_no_salutation(labels: tuple[str, ...]) -> None:
    found = speeches_of(volume(labels, ("各位：\n", "同志们：\n", "弟兄们，")))
    assert [each.title for each in found] == [*TITLES]
    assert found[2].text.split("\n")[1].startswith("弟兄们，")


def test_what_stands_above_the_label_of_the_first_text_is_the_volumes() -> None:
    found = speeches_of(volume(("案例1", "案例2"), ("同志们：\n", "乡亲们：\n"), "护渠的人这样讲\n"))
    assert [each.title for each in found] == [*TITLES[:2]]
    assert found[0].removed == ("护渠的人这样讲", "案例1", "案例2")


def test_a_label_above_a_single_speech_stays_and_is_label_not_name() -> None:
    for lines in (f"范文一\n{TITLES[0]}", f"{TITLES[0]}\n方案一"):
        (found,) = speeches_of(f"{lines}\n同志们：\n{FLOOD}\n{BRIDGE}")
        assert (found.title, found.speaker, found.removed) == (TITLES[0], "", ())
        assert found.occasion in lines


@pytest.mark.parametrize("word", ["案例", "项目", "范例", "方案"])
def test_the_numbered_points_of_a_lecture_are_no_labels(word: str) -> None:
    text = (
        f"在村干部培训班上的讲课\n同志们：\n{FLOOD}\n{word}一\n东坡村怎么修渠\n{BRIDGE}\n{word}二\n西岭村怎么守塘\n"
        f"{DROUGHT}\n{word}三\n石门村怎么记账\n{MARKET}\n谢谢大家。\n"
    )
    (found,) = speeches_of(text)
    assert found.removed == () and f"{word}二" in found.text


def test_people_whose_names_look_like_labels() -> None:
    text = f"范文清\n{TITLES[0]}\n同志们：\n{FLOOD}\n谢谢大家！\n\n方十一\n{TITLES[1]}\n同志们：\n{FOREST}\n谢谢大家！\n"
    assert [each.speaker for each in speeches_of(text)] == ["范文清", "方十一"]
    (found,) = speeches_of(f"{TITLES[0]}\n校长 章一\n同志们：\n{FLOOD}")
    assert found.speaker == "章一"

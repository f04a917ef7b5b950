"""The label above a speech of a volume is no line of the speech before it."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import read_volume

THANKS = "谢谢大家！"
MORE = (
    "塘埂上的裂缝是去年冬天冻出来的，当时填两车土就能补好，现在要请人来打桩，花的钱多出十倍。\n"
    "先生们记住这个，就知道第一节课为什么不该点名批评迟到的人，先问一句路上好不好走。"
)
BODIES = (
    f"昨天在石磨村看了三口塘，两口有水，一口见了底，见底的那口离村委会最近，天天有人从旁边走过去。\n{MORE}",
    f"今年的新生有四十七个，最远的走一个半钟头山路，坐下来第一件事是把书包擦干。\n{MORE}",
    f"仓库的门换了三回锁，账本却一直敞着放在窗台上，谁都能翻，谁都没有翻过。\n{MORE}",
    f"早上去敲钟，绳子断了，接绳子的是三年级的两个学生，结打得比我的牢，到今天没有松。\n{MORE}",
)
NAMES = ("看塘的人", "湿了的裤脚", "敞着的账本", "接绳子")
OCCASIONS = ("在清塘会上的讲话", "在开学会上的讲话", "在盘点会上的讲话", "在晨会上的讲话")
OF_VOLUME = "文集的标题、目录、分隔行"


def speeches_of(text: str) -> list[ParsedSpeech]:
    parts = read_volume(text, "某卷.txt", date(2026, 3, 18)).parts
    return [part.parsed for part in parts if isinstance(part.parsed, ParsedSpeech)]


def volume(labels: tuple[str, ...], front: str) -> str:
    """A year's talks, each with a label above its title."""
    talks = [
        f"{label}\n{name}\n2025年{at}月3日　林晓禾\n\n同学们：\n{body}\n{THANKS}"
        for at, (label, name, body) in enumerate(zip(labels, NAMES, BODIES, strict=True), 3)
    ]
    return front + "\n\n".join(talks)


def meeting(labels: tuple[str, ...], *, front: str = "", blanks: str = "\n\n", closing: str = THANKS) -> str:
    """The speeches of several meetings."""
    talks = [
        f"{label}\n{title}\n同志们：\n{body}\n{closing}"
        for label, title, body in zip(labels, OCCASIONS, BODIES, strict=False)
    ]
    return front + blanks.join(talk.lstrip("\n") for talk in talks)


LABELS = [
    ("第一周", "第四周", "第十一周", "第二学期第二周"),
    ("【第一周】", "【第二周】", "【第三周】", "【第四周】"),
    ("第1讲", "第2讲", "第3讲", "第4讲"),
    (
        "第一周（3月3日—3月7日）",
        "第六周（4月7日—4月11日）",
        "第十周（5月5日—5月9日）",
        "第十四周（6月2日—6月6日）",
    ),
    ("晨会讲话（一）", "晨会讲话（二）", "晨会讲话（三）", "晨会讲话（四）"),
    ("惜水篇", "远路篇", "账本篇", "绳结篇"),
    ("上午第一位", "上午第二位", "下午第一位", "下午第二位"),
    ("主题：惜水", "主题：远路", "主题：账本", "主题：绳结"),
    ("五（1）班升旗", "五（2）班升旗", "五（3）班升旗", "五（4）班升旗"),
    ("下学期\n三月\n第一周", "四月\n第五周", "五月\n第九周", "六月\n第十三周"),
]


@pytest.mark.parametrize("front", ["石磨小学晨会讲话\n\n", ""])
@pytest.mark.parametrize("labels", LABELS)
def test_labels_above_the_titles_go_and_are_told(labels: tuple[str, ...], front: str) -> None:
    found = speeches_of(volume(labels, front))
    assert [speech.title for speech in found] == [*NAMES]
    assert all(speech.text.rstrip().endswith(THANKS) for speech in found)
    assert not any(speech.headings for speech in found)
    removed = dict(zip(found[0].removed, found[0].removed_because, strict=True))
    for line in "\n".join(labels).split("\n"):
        assert removed[line] == OF_VOLUME


@pytest.mark.parametrize("blanks", ["\n\n", "\n"])
@pytest.mark.parametrize("closing", [THANKS, "塘里的水，一寸一寸地看住它。"])
@pytest.mark.parametrize("labels", [("第一场", "第二场", "第三场"), ("惜水篇", "远路篇", "账本篇")])
def test_labels_between_the_speeches_of_meetings(labels: tuple[str, ...], closing: str, blanks: str) -> None:
    text = meeting(labels, front="石磨村讲话选编\n", closing=closing, blanks=blanks)
    found = speeches_of(text)
    assert [speech.title for speech in found] == [*OCCASIONS[:3]]
    assert all(speech.text.rstrip().endswith(closing) for speech in found)
    # A short one may be kept, as a line above the title that it belongs to.
    for label, speech in zip(labels, found, strict=True):
        assert label in (*found[0].removed, speech.occasion) and not speech.speaker


@pytest.mark.parametrize("label", ["第二场", "远路篇", "塘边的夜话", "惜水爱塘"])
def test_a_single_label_behind_thanks_goes_with_what_follows(label: str) -> None:
    found = speeches_of(meeting(("", label)))
    assert [speech.title for speech in found] == [*OCCASIONS[:2]]
    assert found[0].text.rstrip().endswith(THANKS) and found[0].removed == (label,)


@pytest.mark.parametrize(
    "signature",
    [
        "方大川",
        "方大川 2025年3月1日",
        "2025年3月1日",
        "2025年3月",
        "石磨村党支部",
        "（方大川整理）",
        "编者",
        "全文320字",
        "（热烈鼓掌）",
    ],
)
@pytest.mark.parametrize("room", ["\n", "\n\n"])
def test_a_signature_stays_with_its_speech(signature: str, room: str) -> None:
    talks = [
        f"{title}\n同志们：\n{body}\n{THANKS}{room}{signature}"
        for title, body in zip(OCCASIONS, BODIES, strict=True)
    ]
    found = speeches_of("\n\n".join(talks))
    assert len(found) == 4
    assert all(OF_VOLUME not in speech.removed_because for speech in found)


def test_what_the_last_speech_ends_with_signs_each_of_them() -> None:
    talks = [
        f"{title}\n同志们：\n{body}\n{THANKS}\n五（{at}）班"
        for at, (title, body) in enumerate(zip(OCCASIONS, BODIES, strict=True), 1)
    ]
    found = speeches_of("\n\n".join(talks))
    assert [speech.text.rstrip()[-5:] for speech in found] == [
        "五（1）班",
        "五（2）班",
        "五（3）班",
        "五（4）班",
    ]


@pytest.mark.parametrize("last", ["惜水爱塘", "把水留住", "看住水"])
def test_a_last_word_without_room_above_it_stays(last: str) -> None:
    talks = [
        f"{title}\n同志们：\n{body}\n{THANKS}\n{last}"
        for title, body in zip(OCCASIONS[:2], BODIES[:2], strict=True)
    ]
    found = speeches_of("\n\n".join(talks))
    assert [speech.text.rstrip().endswith(last) for speech in found] == [True, True]


def test_a_label_within_a_speech_is_none() -> None:
    text = f"在清塘会上的讲话\n同志们：\n{BODIES[0]}\n第一周\n{BODIES[1]}\n第二周\n{BODIES[2]}\n{THANKS}"
    (speech,) = speeches_of(text)
    assert "第一周" in speech.text and "第二周" in speech.text


@pytest.mark.parametrize(
    "labels", [("第一周", "第四周", "第九周", "第十周"), ("惜水篇", "远路篇", "账本篇", "绳结篇")]
)
def test_a_label_that_is_the_only_title_stays(labels: tuple[str, ...]) -> None:
    talks = [
        f"{label}\n2025年{at}月3日　林晓禾\n\n同学们：\n{body}\n{THANKS}"
        for at, (label, body) in enumerate(zip(labels, BODIES, strict=True), 3)
    ]
    found = speeches_of("石磨小学晨会讲话\n\n" + "\n\n".join(talks))
    assert [speech.title for speech in found] == [*labels]


def test_a_label_below_a_signature_goes_and_the_signature_stays() -> None:
    talks = [
        f"{title}\n同志们：\n{body}\n{THANKS}\n方大川\n2025年{at}月1日\n\n第{at}周"
        for at, (title, body) in enumerate(zip(OCCASIONS, BODIES, strict=True), 2)
    ]
    found = speeches_of("\n\n".join(talks).removesuffix("\n\n第5周"))
    assert [speech.title for speech in found] == [*OCCASIONS]
    assert found[0].removed == ("第2周", "第3周", "第4周")
    assert all(speech.text.rstrip().endswith("月1日") for speech in found)


@pytest.mark.parametrize(
    "lines", [("（第一次鼓掌）", "（第二次鼓掌）"), ("石磨通讯第3期", "石磨通讯第4期"), ("一起走", "一起走")]
)
def test_last_lines_that_only_look_alike_stay(lines: tuple[str, str]) -> None:
    talks = [
        f"{title}\n同志们：\n{body}\n{THANKS}{end}"
        for title, body, end in zip(OCCASIONS, BODIES, (*(f"\n{line}" for line in lines), ""), strict=False)
    ]
    found = speeches_of("\n\n".join(talks))
    assert [speech.text.rstrip().split("\n")[-1] for speech in found] == [*lines, THANKS]

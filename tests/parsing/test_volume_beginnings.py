"""The lines at which another speech of a volume begins: numbered samples, toasts, and what a volume has beside
its speeches."""

from __future__ import annotations

from datetime import date

import pytest

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import read_volume

BODIES = (
    "昨天在石磨村看了三口塘，两口有水，一口见了底，见底的那口离村委会最近，天天有人从旁边走过去。\n"
    "塘埂上的裂缝是去年冬天冻出来的，当时填两车土就能补好，现在要请人来打桩，花的钱多出十倍。",
    "今年的新生有四十七个，最远的走一个半钟头山路，来的时候裤脚是湿的，坐下来第一件事是把书包擦干。\n"
    "先生们记住这个，就知道第一节课为什么不该点名批评迟到的人，先问一句路上好不好走。",
    "仓库的门换了三回锁，账本却一直敞着放在窗台上，谁都能翻，谁都没有翻过，这比丢了东西更叫人着急。\n"
    "从这个月起，账本念给大家听，念一笔问一笔，听不明白的当场举手，不要等到年底。",
)


def speeches_of(text: str) -> list[ParsedSpeech]:
    parts = read_volume(text, "某卷.txt", date(2026, 3, 18)).parts
    return [part.parsed for part in parts if isinstance(part.parsed, ParsedSpeech)]


def titles_of(text: str) -> list[str]:
    return [speech.title for speech in speeches_of(text)]


SAMPLES = (
    "演讲稿篇{}",
    "竞聘演讲稿篇{}",
    "开学典礼讲话 范文{}",
    "开学典礼讲话稿（{}）",
    "毕业典礼致辞（篇{}）",
    "竞聘演讲稿 第{}篇",
    "校长开学讲话{}：",
    "开学典礼校长讲话稿{}",
)


NUMBERED = [(sample, "123") for sample in SAMPLES] + [(sample, "一二三") for sample in SAMPLES[:6]]


@pytest.mark.parametrize(("sample", "numerals"), NUMBERED)
def test_samples_that_are_numbered_in_order_are_speeches(sample: str, numerals: str) -> None:
    titles = [sample.format(numeral) for numeral in numerals]
    called = "\n\n".join(f"{title}\n各位老师：\n{body}" for title, body in zip(titles, BODIES, strict=True))
    assert titles_of(called) == titles
    plain = "\n\n".join(f"{title}\n{body}" for title, body in zip(titles, BODIES, strict=True))
    assert titles_of(plain) == titles
    assert titles_of(f"石磨中学讲话稿三篇\n{called}") == titles, "the volume's title is no part of the first"
    assert titles_of(f"竞聘演讲稿（精选3篇）\n\n{called}") == titles


@pytest.mark.parametrize("numbers", [(1, 3, 2), (1, 2, 4), (2, 3, 4)])
def test_numbers_out_of_order_without_a_salutation_are_none(numbers: tuple[int, ...]) -> None:
    text = "\n\n".join(f"演讲稿篇{number}\n{body}" for number, body in zip(numbers, BODIES, strict=True))
    assert len(titles_of(text)) == 1


def test_numbered_sections_of_one_speech_stay_together() -> None:
    sections = "\n".join(
        f"{heading}\n{body}"
        for heading, body in zip(("第一篇", "工作要点2", "（三）先说塘"), BODIES, strict=True)
    )
    assert titles_of(f"在石磨村座谈会上的讲话\n乡亲们：\n{sections}") == ["在石磨村座谈会上的讲话"]


WORDS = (
    *("选编", "选辑", "选集", "合集", "合编", "汇编", "汇总", "文集", "集锦", "选", "稿选编", "稿（三篇）"),
    *("三则", "（精选3篇）", "汇编（2025年度）", "汇编第二册"),
)


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize(
    "titles",
    [
        ("在开学典礼上的讲话", "在水塘清淤现场会上的讲话", "在仓库盘点会上的讲话"),
        ("开学典礼致辞", "水塘清淤动员讲话", "仓库盘点会总结"),
    ],
)
def test_the_first_speech_keeps_its_title_below_that_of_the_volume(
    titles: tuple[str, ...], word: str
) -> None:
    speeches = "\n".join(
        f"{title}\n（2025年{at}月2日）\n同志们：\n{body}\n谢谢大家！"
        for at, (title, body) in enumerate(zip(titles, BODIES, strict=True), 3)
    )
    found = speeches_of(f"石磨村支书讲话{word}\n{speeches}")
    assert [speech.title for speech in found] == [*titles]
    assert [speech.date for speech in found] == [date(2025, month, 2) for month in (3, 4, 5)]
    assert found[0].removed == (f"石磨村支书讲话{word}",)


TOAST = "今晚月色好，菜也好，人更好，我敬大家一杯。"


def toasts(*closings: str) -> str:
    meetings = ("老友聚会", "春节团拜会", "答谢晚宴")
    return "\n".join(
        f"在{meeting}上的祝酒词\n老同学们：\n{TOAST}{closing}"
        for meeting, closing in zip(meetings, closings, strict=True)
    )


def test_short_toasts_that_end_as_speeches_do_are_speeches() -> None:
    assert len(TOAST) < 40
    assert len(titles_of(toasts("干杯！", "干杯！", "干杯！"))) == 3


def test_short_speeches_that_stay_together_are_told() -> None:
    (only,) = speeches_of(toasts("", "", ""))
    assert any("在春节团拜会上的祝酒词" in told and "像是另一篇的标题" in told for told in only.problems)


def volume(preface: str, afterword: str) -> str:
    speeches = "\n\n".join(
        f"在{name}会上的讲话\n同志们：\n{body}\n谢谢大家！"
        for name, body in zip(("清塘", "开学", "盘点"), BODIES, strict=True)
    )
    return f"石磨村讲话选编\n\n{preface}\n\n{speeches}\n\n{afterword}\n"


NOTE = "这本小册子编了半年，每一篇都照录音整理，讲话的人自己看过，只改口误，不改意思，错漏之处请读者指出来。"


def test_the_signature_of_a_preface_is_text_of_it() -> None:
    found = speeches_of(volume(f"前言\n{NOTE}\n编者\n2024年7月", ""))
    assert [speech.title for speech in found] == [
        "前言",
        "在清塘会上的讲话",
        "在开学会上的讲话",
        "在盘点会上的讲话",
    ]
    assert found[0].text.rstrip().endswith("编者\n2024年7月")
    assert found[0].removed == ("石磨村讲话选编",)


def test_an_afterword_of_the_volume_is_a_text_of_its_own() -> None:
    found = speeches_of(volume("", f"后记\n{NOTE}\n编者\n2025年1月"))
    assert [speech.title for speech in found][-2:] == ["在盘点会上的讲话", "后记"]
    assert NOTE in found[-1].text and NOTE not in found[-2].text


def test_a_volume_of_months_keeps_its_dividers() -> None:
    text = "\n".join(
        f"2025年{at}月\n在{name}会上的讲话\n同志们：\n{body}\n谢谢大家！"
        for at, (name, body) in enumerate(zip(("清塘", "开学", "盘点"), BODIES, strict=True), 3)
    )
    found = speeches_of(f"石磨村讲话选编\n{text}")
    assert len(found) == 3 and all("月" not in speech.text.split("\n")[-1] for speech in found)


def test_the_date_of_the_volume_is_that_of_each_speech_without_one() -> None:
    names = ("方大川", "林晓禾", "许东亭")
    speeches = "\n\n".join(
        f"{name}的发言\n各位老师：\n{body}\n我的发言完了，谢谢大家。"
        for name, body in zip(names, BODIES, strict=True)
    )
    found = speeches_of(f"石磨村教师座谈会发言汇编\n（2024年9月10日）\n\n{speeches}")
    assert [speech.date for speech in found] == [date(2024, 9, 10)] * 3
    dated = speeches.replace("林晓禾的发言", "林晓禾的发言\n（2024年9月12日）")
    found = speeches_of(f"石磨村教师座谈会发言汇编\n（2024年9月10日）\n\n{dated}")
    assert [speech.date for speech in found] == [date(2024, 9, day) for day in (10, 12, 10)]


def test_dates_above_each_title_are_the_speeches_own() -> None:
    speeches = "\n\n".join(
        f"2025年{at}月9日\n在{name}会上的讲话\n同志们：\n{body}\n谢谢大家！"
        for at, (name, body) in enumerate(zip(("清塘", "开学", "盘点"), BODIES, strict=True), 3)
    )
    found = speeches_of(f"石磨村讲话汇编\n{speeches}")
    assert [speech.date for speech in found] == [date(2025, month, 9) for month in (3, 4, 5)]

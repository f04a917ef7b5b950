"""What a site of documents writes above the first speech of a collection."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from volume_texts import DROUGHT, FLOOD, SCHOOL, THANKS

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volume_introductions import (
    introduction_below,
    is_introduced_by_site,
    is_sites_introduction,
)
from jianggao.parsing.volumes import Volume, read_volume

TODAY = date(2026, 3, 18)
TITLES = ["在防汛会上的讲话", "在抗旱会上的讲话", "在开学典礼上的讲话"]
LABELS = ("篇一：", "篇二：", "篇三：")
SITE = (
    "讲话稿是人们在会上发表意见时用的稿子，写得好不好，听的人一下子就知道，所以下笔以前要想清楚对谁说、说什么。"
    "下面是小编为大家整理的会议讲话稿，仅供参考，希望能够帮到有需要的朋友，也欢迎把它分享给身边的人。"
)
OWN = "这几篇话是在三个会场里听来的，讲话的人互相不认识，说的却都是水，一个嫌水多，一个嫌水少，还有一个只问孩子渴不渴。"


def collection(*front: str, labels: tuple[str, ...] = LABELS) -> str:
    calls = ("同志们：", "乡亲们：", "老师们、同学们：")
    bodies = (FLOOD, DROUGHT, SCHOOL)
    speeches = [
        f"{label}{title}\n{call}\n{body}\n{THANKS}"
        for label, title, call, body in zip(labels, TITLES, calls, bodies, strict=True)
    ]
    return "\n".join([*front, *speeches])


def read(text: str) -> tuple[Volume, list[ParsedSpeech]]:
    volume = read_volume(text, "会议讲话稿.txt", TODAY)
    speeches = [part.parsed for part in volume.parts if isinstance(part.parsed, ParsedSpeech)]
    rows = Counter(row for part in volume.parts for row in part.text.split("\n"))
    rows += Counter(volume.removed)
    assert +rows == Counter(text.split("\n"))
    return volume, speeches


SITES = {
    "long": [SITE],
    "in two lines": [
        "汛期过了是旱季，旱季过了要开学，一年里总有几次要站到台上去讲几句，讲得好的人都有自己的办法。",
        "怎么写才能让人听得进去呢？以下是本站整理的会议讲话稿，供大家参考。",
    ],
    "we": ["写讲话稿不是一件容易的事。这里是我们为大家收集的几篇会议讲话，快来看看吧，希望对您有帮助。"],
    "only offered": ["一年里总要上台讲几回话，话讲得短才有人听。以下讲话仅供参考，欢迎阅读与收藏。"],
    "a definition": [
        "讲话稿是指在会议上发言时用的稿子，它要说给在场的人听，也要经得起会后再看，长短都看场合。"
    ],
}
FORMS = {
    "篇一": LABELS,
    "brackets": ("【篇一】", "【篇二】", "【篇三】"),
    "samples": ("范文1：", "范文2：", "范文3："),
    "parts": ("第一篇：", "第二篇：", "第三篇："),
    "numbers": ("一、", "二、", "三、"),
    "none": ("", "", ""),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("site", SITES)
def test_a_sites_introduction_goes_with_the_collections_title(site: str, form: str) -> None:
    front = ["会议讲话稿（通用3篇）", *SITES[site]]
    _, speeches = read(collection(*front, labels=FORMS[form]))
    assert [speech.title for speech in speeches] == TITLES
    assert speeches[0].removed == tuple(front)
    assert speeches[0].salutation == "同志们："
    assert not speeches[0].occasion and not speeches[0].doubtful


@pytest.mark.parametrize("form", FORMS)
def test_what_may_be_somebody_elses_is_a_text_of_its_own_and_spoils_no_title(form: str) -> None:
    _, (own, *speeches) = read(collection("会议讲话稿（通用3篇）", OWN, labels=FORMS[form]))
    assert [speech.title for speech in speeches] == TITLES
    assert OWN in own.text and own.removed == () and own.problems == ()
    assert speeches[0].salutation == "同志们：" and speeches[0].problems == ()


def test_the_day_on_which_a_site_offers_the_texts_is_none_of_the_speeches() -> None:
    row = "来源：渠边文库 时间：2025-03-02 12:15:08 下载本文 作者：渠边的灯"
    _, speeches = read(collection("会议讲话稿（通用3篇）", row, SITE))
    assert [speech.title for speech in speeches] == TITLES
    assert {speech.date for speech in speeches} == {None}


def test_a_number_alone_above_the_title() -> None:
    labels = ("【篇一】\n", "【篇二】\n", "【篇三】\n")
    for front in ([SITE], [OWN], []):
        _, speeches = read(collection("会议讲话稿3篇", *front, labels=labels))
        assert [speech.title for speech in speeches][-3:] == TITLES


def test_without_an_introduction_the_collections_title_is_none_of_the_first_speechs() -> None:
    for title in ("在会上的讲话稿3篇", "会议讲话稿3篇", "在会上的讲话（精选3篇）"):
        _, speeches = read(collection(title, labels=FORMS["brackets"]))
        assert [speech.title for speech in speeches] == TITLES
        assert speeches[0].removed == (title,)


def test_a_text_of_its_own_above_the_speeches_stays_one() -> None:
    volume, speeches = read(collection("渠水县讲话汇编", "序", OWN, OWN, OWN))
    assert len(volume.parts) == 4 and [speech.title for speech in speeches[1:]] == TITLES


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        (SITE, True),
        ("以下是为大家整理的三篇发言稿，供各位参考。", True),
        ("渠边文库网为您带来了防汛讲话，欢迎阅读。", True),
        ("以上意见，仅供参考。", False),
        ("今天我为大家准备了三个故事。", False),
        ("我们为大家准备的热水放在门口。", False),
        ("希望这条渠对大家有帮助。", False),
        ("下面是方大川同志为大家带来的节目", False),
        (OWN, False),
    ],
)
def test_what_a_site_surely_wrote(line: str, answer: bool) -> None:
    assert is_sites_introduction(line) is answer


def test_an_introduction_is_short_and_stands_directly_above_the_first_speech() -> None:
    title, first = "会议讲话稿3篇", "篇一：在防汛会上的讲话"
    assert introduction_below([title, OWN, first], 0) == range(1, 2)
    assert introduction_below([title, first], 0) == range(1, 1)
    assert not introduction_below([title, *[OWN] * 5, first], 0)
    assert not introduction_below([title, OWN * 9, first], 0)
    assert not introduction_below([title, OWN, "篇二：在抗旱会上的讲话"], 0)
    assert not introduction_below([title, "同志们：", OWN, first], 0)
    assert not introduction_below(["渠水县讲话汇编", OWN, "在防汛会上的讲话", "同志们："], 0)


def test_one_plain_phrase_tells_whose_the_whole_introduction_is() -> None:
    assert is_introduced_by_site(["会议讲话稿3篇", OWN, "以下几篇供大家参考。"])
    assert not is_introduced_by_site(["会议讲话稿3篇", OWN])
    assert not is_introduced_by_site(["会议讲话稿3篇", *[OWN] * 5, "以下几篇供大家参考。"])
    assert not is_introduced_by_site(["会议讲话稿3篇", "（三篇都是录音整理的。）"])

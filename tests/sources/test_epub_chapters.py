"""Books of speeches: each chapter is one, and what belongs to none is told."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from epub_files import CONTAINER, packed, page
from page_texts import FIRST, SECOND, THIRD

from jianggao.parsing.model import ParsedSpeech
from jianggao.parsing.volumes import NEXT_SPEECH as PARTS_SPEECHES
from jianggao.parsing.volumes import Volume, read_volume
from jianggao.sources.epub import read_epub
from jianggao.sources.epub_chapters import LEFT_OUT, NEXT_SPEECH, TAKEN
from jianggao.sources.markup import MarkupText

TODAY = date(2026, 1, 1)
BODY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>"
IMPRINT = "<p>书名：看渠集</p><p>作者：方川</p><p>出版社：渠水文史社</p><p>ISBN 000-0-00</p><p>定价：12元</p>"
ONE = f"<h2>水到渠成</h2><p>（2019年3月1日）</p><p>乡亲们：</p>{BODY}"
TWO = f"<h2>再看一眼</h2><p>——在离任座谈会上的讲话</p><p>各位老乡：</p>{BODY.replace('，', '、', 1)}"


def book(pages: Sequence[tuple[str, str]], title: str = "看渠集", *, fragment: str = "") -> bytes:
    """A book of these pages, each a name in the contents ("" for none) and its body."""
    names = [f"p{at}.xhtml" for at in range(len(pages))]
    items = "".join(f'<item id="{n}" href="{n}" media-type="application/xhtml+xml"/>' for n in names)
    spine = "".join(f'<itemref idref="{n}"/>' for n in names)
    points = "".join(
        f'<navPoint><navLabel><text>{name}</text></navLabel><content src="{n}{fragment}"/></navPoint>'
        for n, (name, _) in zip(names, pages, strict=True)
        if name
    )
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
    members: Mapping[str, str] = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/content.opf": (
            '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{title}</dc:title></metadata><manifest>{ncx}{items}</manifest><spine>{spine}</spine></package>"
        ),
        "OEBPS/toc.ncx": f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap>{points}</navMap></ncx>',
        **{posixpath.join("OEBPS", n): page(body) for n, (_, body) in zip(names, pages, strict=True)},
    }
    return packed(members)


def volume_of(text: MarkupText) -> Volume:
    return read_volume(text.text, "看渠集.epub", TODAY, text.headings)


def speeches(content: bytes) -> list[ParsedSpeech]:
    found = [part.parsed for part in volume_of(read_epub(content)).parts]
    return [speech for speech in found if isinstance(speech, ParsedSpeech)]


FRONT = [
    ("书名页", "<h1>看渠集</h1><p>方川 著</p>"),
    ("版权信息", IMPRINT),
    ("目录", "<h2>目录</h2><p><a href='p3.xhtml'>水到渠成</a></p><p><a href='p4.xhtml'>再看一眼</a></p>"),
]


@pytest.mark.parametrize("fragment", ["", "#top"])
def test_chapters_are_speeches_and_the_rest_is_told(fragment: str) -> None:
    advertisement = "<p>更多电子书请访问 www.example.com</p><p>微信公众号：看书</p>"
    pages = [*FRONT, ("水到渠成", ONE), ("再看一眼", TWO), ("更多好书", advertisement)]
    one, two = speeches(book(pages, fragment=fragment))
    assert (one.title, one.date, one.salutation) == ("水到渠成", date(2019, 3, 1), "乡亲们：")
    assert (two.title, two.occasion, two.salutation) == ("再看一眼", "——在离任座谈会上的讲话", "各位老乡：")
    assert one.text.rstrip().endswith(THIRD) and two.text.rstrip().endswith(THIRD)
    told = ("看渠集", "方川 著", "书名：看渠集", "定价：12元", "目录", "水到渠成", "微信公众号：看书")
    assert set(told) <= set(one.removed)
    assert not set(told[1:]) & set((one.text + two.text).split("\n")) - {"水到渠成"}


def test_a_page_that_the_contents_do_not_name_goes_on_with_its_chapter() -> None:
    one, two = speeches(book([("水到渠成", ONE), ("", "<p>渠边的树，也是大家种的。</p>"), ("再看一眼", TWO)]))
    assert "渠边的树，也是大家种的。" in one.text and two.title == "再看一眼"


def test_a_preface_and_a_page_that_heads_several_chapters() -> None:
    preface = f"<h2>序</h2>{BODY.replace('。', '！', 1)}"
    pages = [("序", preface), ("第一辑 渠上", "<h1>第一辑 渠上</h1>"), ("水到渠成", ONE), ("再看一眼", TWO)]
    found = speeches(book(pages))
    assert [speech.title for speech in found] == ["序", "水到渠成", "再看一眼"]
    assert "第一辑 渠上" in found[0].removed


def test_the_mark_of_a_note_is_no_part_of_the_title() -> None:
    noted = ONE.replace("水到渠成", "水到渠成<sup>[1]</sup>") + "<p>[1] 根据录音整理。</p>"
    one, _ = speeches(book([("水到渠成", noted), ("再看一眼", TWO)]))
    assert one.title == "水到渠成" and "[1] 根据录音整理。" in one.text
    unknown = ONE.replace("水到渠成", "水到渠成[7]")
    assert speeches(book([("水到渠成[7]", unknown), ("再看一眼", TWO)]))[0].title == "水到渠成[7]"


@pytest.mark.parametrize(
    "pages",
    [
        [
            ("第一章 漏眼", ONE.replace("水到渠成", "第一章 漏眼")),
            ("第二章 人", TWO.replace("再看一眼", "第二章 人")),
        ],
        [
            ("漏眼", f"<h2>漏眼</h2><p>老师对我说：</p>{BODY}"),
            ("人", f"<h2>人</h2><p>1998年，我离了家。</p>{BODY}"),
        ],
        [("漏眼", f"<h2>漏眼</h2>{BODY}"), ("人", f"<h2>人</h2>{BODY}")],
    ],
)
def test_chapters_of_one_text_are_not_parted(pages: list[tuple[str, str]]) -> None:
    assert NEXT_SPEECH not in read_epub(book(pages)).text


def test_the_book_of_one_speech_keeps_its_title_and_loses_its_imprint() -> None:
    (speech,) = speeches(
        book([("版权页", IMPRINT), ("正文", f"<p>乡亲们：</p>{BODY}")], "在放水典礼上的讲话")
    )
    assert speech.title == "在放水典礼上的讲话" and "书名：看渠集" in speech.removed
    assert "书名：看渠集" not in speech.text


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>版权信息</h2>{BODY * 20}",  # long: a text on rights
        "<p>作者：方川</p><p>渠水清清，流过东坡，也流过西岭。</p><p>渠边的人起得早。</p>",
        "<p>书籍</p><p>我读过的书不多，读一本是一本。</p>",
    ],
)
def test_a_page_that_may_be_a_text_stays(body: str) -> None:
    assert LEFT_OUT not in read_epub(book([("水到渠成", ONE), ("书籍", body)], "水到渠成")).text


def test_marks_are_those_of_the_parser() -> None:
    assert NEXT_SPEECH == PARTS_SPEECHES
    rows = [LEFT_OUT, "编印说明", TAKEN, "在放水典礼上的讲话", "乡亲们：", FIRST, SECOND, LEFT_OUT, "广告"]
    volume = read_volume("\n".join(rows), "a.txt", TODAY)
    assert volume.removed == (LEFT_OUT, "编印说明", TAKEN, LEFT_OUT, "广告")
    assert volume.parts[0].text == "\n".join(rows[3:7])

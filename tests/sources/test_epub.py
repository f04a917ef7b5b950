"""Books give their chapters in the order in which they are read; harmful ones harm nothing."""

from __future__ import annotations

import pytest
from epub_files import CONTAINER, packed, page
from page_texts import FIRST, SECOND, THIRD

from jianggao.sources import epub
from jianggao.sources.epub import UnreadableBook, read_epub
from jianggao.sources.epub_chapters import LEFT_OUT, TAKEN
from jianggao.sources.html_lines import PageLine
from jianggao.sources.markup import MarkupText

PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>看渠讲话集</dc:title></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>
<item id="two" href="Text/%E4%BA%8C.xhtml" media-type="application/xhtml+xml"/>
<item id="one" href="Text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="picture" href="c.jpg" media-type="image/jpeg"/></manifest>
<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>"""


MEMBERS = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/content.opf": PACKAGE,
    "OEBPS/nav.xhtml": page(
        '<nav><ol><li><a href="Text/one.xhtml">第一讲 漏眼</a></li>'
        '<li><a href="Text/%E4%BA%8C.xhtml">第二讲 人</a></li></ol></nav>'
    ),
    "OEBPS/cover.xhtml": page('<div><img src="c.jpg" alt="封面"/></div>'),
    "OEBPS/Text/one.xhtml": page(f'<h2>第一讲 漏眼</h2><p>{FIRST}&nbsp;<a id="x"/>大家记住。</p>'),
    "OEBPS/Text/二.xhtml": page(f"<p>{SECOND}</p><p>{THIRD}</p>"),
}


def read(**changed: str | bytes) -> MarkupText:
    return read_epub(
        packed({**MEMBERS, **{f"OEBPS/Text/{name}.xhtml": text for name, text in changed.items()}})
    )


def lines(book: MarkupText) -> list[str]:
    return [line for line in book.text.split("\n") if line]


def test_chapters_in_order_with_their_names() -> None:
    book = read()
    assert lines(book) == [
        "看渠讲话集",
        "第一讲 漏眼",
        f"{FIRST}\xa0大家记住。",
        "第二讲 人",
        SECOND,
        THIRD,
    ]
    assert book.headings == {"看渠讲话集": 1, "第一讲 漏眼": 2, "第二讲 人": 1}


def test_a_page_of_contents_without_a_name_stands_between_marks() -> None:
    contents = page(
        '<p>目 录</p><p><a href="a">第一讲</a></p><p><a href="b">第二讲</a></p><p><a href="c">三</a></p>'
    )
    assert lines(read(one=contents))[:6] == [LEFT_OUT, "目 录", "第一讲", "第二讲", "三", TAKEN]


def test_a_page_that_is_no_xml() -> None:
    assert FIRST in read(one=f"<html><body><p>{FIRST}<br><p>渠水清").text


def test_entities_are_neither_blown_up_nor_fetched() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "渠渠渠渠渠"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    fetched = '<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    assert "渠渠渠渠渠" not in read(one=page(f"<p>&c;{FIRST}</p>", bomb)).text
    assert lines(read(one=page(f"<p>甲&f;乙，{FIRST}</p>", fetched)))[2] == f"甲&f;乙，{FIRST}"


def test_a_path_that_leads_out_of_the_book_leads_nowhere() -> None:
    package = PACKAGE.replace("Text/one.xhtml", "../../../etc/passwd")
    assert FIRST not in read_epub(packed({**MEMBERS, "OEBPS/content.opf": package})).text


def test_a_page_that_many_items_name_is_read_once() -> None:
    addresses = ["Text/one.xhtml#a", "Text/ONE.xhtml", "./Text/./one.xhtml", "cover/../Text/one.xhtml#b"]
    items = "".join(
        f'<item id="i{at}" href="{address}" media-type="application/xhtml+xml"/>'
        for at, address in enumerate([*addresses, "./" * 9_000 + "Text/one.xhtml"])
    )
    spine = "".join(f'<itemref idref="i{at}"/>' for at in range(5))
    package = PACKAGE.replace("</manifest>", f"{items}</manifest>").replace("</spine>", f"{spine}</spine>")
    assert read_epub(packed({**MEMBERS, "OEBPS/content.opf": package})) == read()


def test_thousands_of_blanks_are_one() -> None:
    page_of_blanks = page(
        f"<h2>第一讲 漏眼</h2>{' ' * 999}<p>{FIRST}{' ' * 999}大家{chr(10) * 999}记住。</p>"
    )
    assert lines(read(one=page_of_blanks))[2] == f"{FIRST} 大家记住。"


def test_a_book_is_weighed_before_a_chapter_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    def parsed(content: bytes) -> list[PageLine]:
        raise AssertionError("a page was parsed")

    monkeypatch.setattr(epub, "page_lines_of", parsed)
    monkeypatch.setattr(epub, "MAX_TEXT", 10_000)
    with pytest.raises(UnreadableBook, match="解开后太大"):
        read(one=page(" " * 6_000), 二=page(" " * 6_000))


def test_pictures_weigh_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "MAX_TEXT", 10_000)
    assert read_epub(packed({**MEMBERS, "OEBPS/c.jpg": bytes(50_000)})) == read()


@pytest.mark.parametrize("member", ["META-INF/container.xml", "OEBPS/content.opf", "OEBPS/nav.xhtml"])
def test_what_nests_too_deeply(member: str) -> None:
    with pytest.raises(UnreadableBook, match="嵌套太深"):
        read_epub(packed({**MEMBERS, member: "<div>" * 900 + "</div>" * 900}))


@pytest.mark.parametrize("name", ["MAX_BOOK", "MAX_PAGE", "MAX_TEXT", "MAX_ELEMENTS"])
def test_a_book_that_unpacks_to_too_much(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, name, 2_000)
    with pytest.raises(UnreadableBook, match="解开后太大"):
        read(one=page("<p>" * 3_000))


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(epub, "MAX_PAGES", 3)
    with pytest.raises(UnreadableBook, match="超过 3 个文件"):
        read()


def test_a_book_with_locked_chapters_says_so() -> None:
    encryption = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData><CipherData>'
        '<CipherReference URI="{}"/></CipherData></EncryptedData></encryption>'
    )
    fonts = packed({**MEMBERS, "META-INF/encryption.xml": encryption.format("OEBPS/font.otf")})
    assert FIRST in read_epub(fonts).text
    locked = packed({**MEMBERS, "META-INF/encryption.xml": encryption.format("OEBPS/Text/one.xhtml")})
    with pytest.raises(UnreadableBook, match="加了密"):
        read_epub(locked)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        packed({"a.txt": "渠"}),
        packed({**MEMBERS, "META-INF/container.xml": "<a"}),
        packed({**MEMBERS, "OEBPS/content.opf": b"\x00\x01" * 99}),
    ],
)
def test_what_is_no_book(content: bytes) -> None:
    with pytest.raises(UnreadableBook, match="不是完好的电子书"):
        read_epub(content)

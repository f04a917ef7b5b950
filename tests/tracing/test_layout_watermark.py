"""Marks in the layout of a .docx: what is written is read, whatever was cut off, and nothing is made up."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from fractions import Fraction

import pytest
from marked_documents import EVERY, SHORT, document
from traced_texts import KEY, speeches

from jianggao.documents.blocks import blocks
from jianggao.documents.official import official_document
from jianggao.tracing.accusations import ALPHA_STRONG
from jianggao.tracing.attribution import accuse
from jianggao.tracing.docx_layout import docx_layout
from jianggao.tracing.evidence import Reading
from jianggao.tracing.layout_watermark import BITS, layout_bits, read_layout, units
from jianggao.tracing.mark_plan import CarrierKind


def read(content: bytes, number: int) -> list[int | None]:
    found = docx_layout(content)
    assert found is not None
    return read_layout(found, speeches()[number].text)


def rewritten(content: bytes, change: Callable[[str], str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            xml = old.read(name)
            new.writestr(name, change(xml.decode()).encode() if name == "word/document.xml" else xml)
    return buffer.getvalue()


def without_spacing(xml: str) -> str:
    return re.sub(r'<w:spacing w:val="[^"]*"/>', "", xml)


def without_indents(xml: str) -> str:
    return re.sub(r'<w:ind w:right="\d"/>', "", xml)


def without_bookmarks(xml: str) -> str:
    return re.sub(r"<w:bookmark\w+ [^>]*/>", "", xml)


@pytest.mark.parametrize("number", EVERY)
def test_every_bit_is_read_from_an_untouched_file(number: int) -> None:
    assert read(document(number), number) == list(layout_bits(KEY, "10001", number))


@pytest.mark.parametrize(
    ("number", "removed", "least"),
    [
        (0, (without_spacing, without_indents), BITS),
        (SHORT, (without_spacing, without_indents), BITS),
        (0, (without_bookmarks, without_indents), BITS),
        (SHORT, (without_bookmarks, without_indents), 100),
        (0, (without_bookmarks, without_spacing), 40),
    ],
)
def test_each_kind_of_mark_tells_by_itself(
    number: int, removed: tuple[Callable[[str], str], ...], least: int
) -> None:
    content = document(number)
    for one in removed:
        content = rewritten(content, one)
    values, written = read(content, number), layout_bits(KEY, "10001", number)
    assert sum(value is not None for value in values) >= least
    assert all(value in (None, bit) for value, bit in zip(values, written, strict=True))


def test_a_page_copied_out_of_the_file_is_read() -> None:
    """A page is some 600 characters; the styles stay behind, and something else stands before and after
    it."""

    def page(xml: str) -> str:
        paragraphs = re.findall(r"<w:p>.*?</w:p>", xml)
        return (
            re.sub(r"<w:body>.*?<w:sectPr", "<w:body>PAGE<w:sectPr", xml, flags=re.DOTALL)
            .replace(
                "PAGE",
                "<w:p><w:r><w:t>别处的一段话，和讲稿没有关系。</w:t></w:r></w:p>"
                + "".join(paragraphs[20:27])
                + "<w:p><w:r><w:t>后面也是别处的话。</w:t></w:r></w:p>",
            )
            .replace("BodyText", "Normal")
        )

    values, written = read(rewritten(document(0), page), 0), layout_bits(KEY, "10001", 0)
    told = [value == bit for value, bit in zip(values, written, strict=True) if value is not None]
    assert len(told) >= 60
    assert sum(told) >= 0.95 * len(told)


def test_a_layout_that_somebody_reset_tells_nothing() -> None:
    def reset(xml: str) -> str:
        return without_bookmarks(re.sub(r'w:val="-\d"', 'w:val="-6"', without_indents(xml)))

    assert set(read(rewritten(document(0), reset), 0)) == {None}
    speech = speeches()[0]
    plain = official_document(blocks(speech.text, speech.title, speech.headings), title="", notice="")
    assert set(read(plain, 0)) == {None}


def test_of_another_text_only_the_names_are_read() -> None:
    assert set(read(rewritten(document(1), without_bookmarks), 0)) == {None}


def test_the_bits_are_coin_throws_by_member_text_and_key() -> None:
    layouts = [
        layout_bits(key, str(member), version)
        for key in (KEY, bytes(32))
        for version in (1, 2)
        for member in range(50)
    ]
    assert len(set(layouts)) == len(layouts)
    assert 0.48 < sum(map(sum, layouts)) / len(layouts) / BITS < 0.52
    assert layout_bits(KEY, "10001", 12)[:16] == GOLDEN  # files that went out are read by these for ever


GOLDEN = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 0)


def test_the_shortest_text_names_its_holder_among_a_hundred_and_nobody_else() -> None:
    values = read(document(SHORT, "10007"), SHORT)
    suspects = {
        str(member): {"1": list(layout_bits(KEY, str(member), SHORT))} for member in range(10_000, 10_100)
    }
    found = accuse([Reading("1", (CarrierKind.LAYOUT,) * BITS, tuple(values))], suspects)
    assert [one.suspect for one in found] == ["10007"]
    assert found[0].probability < ALPHA_STRONG / 10**20
    assert found[0].probability <= Fraction(200, 2**BITS)


def test_who_has_no_copy_guesses_each_bit() -> None:
    """What somebody writes into his own file without the key is a throw of coins to everybody's layout."""
    forged = layout_bits(bytes(32), "forger", SHORT)
    suspects = {str(member): {"1": list(layout_bits(KEY, str(member), SHORT))} for member in range(5_000)}
    assert accuse([Reading("1", (CarrierKind.LAYOUT,) * BITS, forged)], suspects) == []


def test_pieces_are_the_text_and_cut_no_number() -> None:
    text = "全市2024年完成99.2%，其中abc占3，其余都在水里。"
    pieces = list(units(text, 4, 6))
    assert "".join(piece for piece, _ in pieces) == text
    assert [unit for _, unit in pieces] == sorted(unit for _, unit in pieces)
    cuts = [len("".join(piece for piece, _ in pieces[:at])) for at in range(1, len(pieces))]
    assert cuts and not any(text[cut - 1].isascii() and text[cut].isascii() for cut in cuts)

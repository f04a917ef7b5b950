"""PDFs written by hand: Chinese text at any place and size, with or without what its characters are; pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEFT, TOP, WIDTH = 90.0, 740.0, 420.0
PITCH = 18.0
SIZE = 12.0


@dataclass(frozen=True, slots=True)
class Written:
    """A line of a page: where it begins, in points from the lower left corner, and how large it is."""

    text: str
    left: float = LEFT
    up: float = TOP
    size: float = SIZE


TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"%b endcmap CMapName currentdict /CMap defineresource pop end end"
)


def pdf_file(
    pages: Iterable[Sequence[Written]], *, known: bool = True, picture: bool = False, locked: bool = False
) -> bytes:
    """A PDF of these pages. `known` says what its characters are, `picture` puts one on each page, `locked`
    asks for a password."""
    pages = list(pages)
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    letters = sorted({letter for page in pages for line in page for letter in line.text})
    mapping = b"%d beginbfchar %b endbfchar" % (
        len(letters),
        b" ".join(b"<%04X> <%04X>" % (ord(letter), ord(letter)) for letter in letters),
    )
    font = 3
    objects += [
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R]"
        + (b" /ToUnicode 6 0 R" if known else b"")
        + b" >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 1000 /W [32 126 500] /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 "
        b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(TO_UNICODE % mapping),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 1 >>\nstream\n\x80\nendstream",
    ]
    kids = []
    for page in pages:
        drawn = b"q 400 0 0 500 90 200 cm /Scan Do Q\n" if picture else b""
        drawn += b"".join(
            b"BT /F %g Tf 1 0 0 1 %g %g Tm <%b> Tj ET\n"
            % (line.size, line.left, line.up, line.text.encode("utf-16-be").hex().encode())
            for line in page
        )
        objects.append(_stream(drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F %d 0 R >> "
            b"/XObject << /Scan 7 0 R >> >> >>" % (len(objects), font)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), b" ".join(kids))
    if locked:
        secret = b"<" + b"5A" * 32 + b">"
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /Length 40 /O %b /U %b /P -4 >>" % (secret, secret))
    return _file(objects, locked=locked)


def drawn_pdf(pages: Iterable[Sequence[Written]]) -> bytes:
    """A PDF as a browser makes it of a font that it draws itself: each character is a piece by itself, and a blank
    is one that draws nothing."""
    pages = list(pages)
    letters = sorted({letter for page in pages for line in page for letter in line.text})
    codes = {letter: at for at, letter in enumerate(letters, 1)}
    known = b" ".join(b"<%02X> <%04X>" % (codes[letter], ord(letter)) for letter in letters)
    to_unicode = TO_UNICODE.replace(b"<0000> <FFFF>", b"<00> <FF>") % (
        b"%d beginbfchar %b endbfchar" % (len(letters), known)
    )
    widths = [_drawn_width(letter) for letter in letters]
    glyphs = b" ".join(b"/g%d %d 0 R" % (code, 4 + letter.isspace()) for letter, code in codes.items())
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 1 /LastChar %d "
        b"/Widths [%b] /CharProcs << %b >> /Encoding << /Type /Encoding /Differences [1 %b] >> /ToUnicode 6 0 R "
        b"/Resources << >> >>"
        % (
            len(letters),
            b" ".join(b"%g" % width for width in widths),
            glyphs,
            b" ".join(b"/g%d" % code for code in codes.values()),
        ),
        _stream(b"1 0 0 0 0.8 0.8 d1 0 0 0.8 0.8 re f"),
        _stream(b"1 0 0 0 0 0 d1"),
        _stream(to_unicode),
    ]
    kids = []
    for page in pages:
        drawn = b""
        for line in page:
            left = line.left
            for letter in line.text:
                drawn += b"BT /F %g Tf 1 0 0 1 %g %g Tm <%02X> Tj ET\n" % (
                    line.size,
                    left,
                    line.up,
                    codes[letter],
                )
                left += line.size * _drawn_width(letter)
        objects.append(_stream(drawn))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(pages), b" ".join(kids))
    return _file(objects, locked=False)


def _drawn_width(letter: str) -> float:
    return 0.5 if letter.isascii() else 1.0


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)


def _file(objects: Sequence[bytes], *, locked: bool) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    encrypt = b" /Encrypt %d 0 R /ID [<00> <00>]" % len(objects) if locked else b""
    made += b"trailer\n<< /Size %d /Root 1 0 R%b >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        encrypt,
        start,
    )
    return bytes(made)


def set_paragraphs(paragraphs: Iterable[str], *, columns: float = WIDTH) -> list[Written]:
    """Paragraphs as a program sets them: two characters indented, broken where the line is full."""
    lines: list[Written] = []
    up = TOP
    for paragraph in paragraphs:
        text, indent = paragraph, 2 * SIZE
        while text:
            room = int((columns - indent) / SIZE)
            lines.append(Written(text[:room], LEFT + indent, up))
            text, indent, up = text[room:], 0.0, up - PITCH
    return lines

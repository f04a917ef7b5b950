"""The bytes behind a line that was read in an encoding of one byte a character."""

from __future__ import annotations

from jianggao.sources.misread_bytes import bytes_in, is_misread_utf8

LINE = "磨坊的水车停了三天，不是水小，是齿轮里卡了一粒稻壳。"


def test_the_bytes_of_a_line() -> None:
    assert bytes_in(LINE.encode().decode("cp437"), "cp437") == LINE.encode()
    assert bytes_in(LINE.encode().decode("latin-1"), "cp1252") == LINE.encode()
    assert bytes_in(LINE, "cp437") is None and bytes_in("À", "cp437") is None


def test_a_lost_byte() -> None:
    assert bytes_in("Σ╝\ufffd", "cp437") is None
    assert bytes_in("Σ╝\ufffd", "cp437", lossy=True) == b"\xe4\xbc\xff"


def test_what_is_chinese_in_utf8() -> None:
    for encoding in ("cp1252", "cp437", "cp1251", "cp1250"):
        mangled = LINE.encode().decode(encoding, "replace")
        assert is_misread_utf8(mangled, len(mangled))
    russian = "Мельница стояла три дня из-за одного зерна."
    assert not is_misread_utf8(russian, 35) and not is_misread_utf8(LINE, len(LINE))

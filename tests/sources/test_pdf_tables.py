"""Empty cells of a PDF's tables."""

from __future__ import annotations

import pytest
from pdf_files import Written, pdf_file

from jianggao.sources.pdf import read_pdf
from jianggao.sources.pdf_lines import PdfLine
from jianggao.sources.pdf_tables import with_empty_cells

COLUMNS = (90.0, 200.0, 330.0, 450.0)


def table(*rows: tuple[str, ...]) -> list[str]:
    page = [
        Written(text, left, 700 - 20 * at)
        for at, row in enumerate(rows)
        for left, text in zip(COLUMNS, row, strict=True)
        if text
    ]
    return read_pdf(pdf_file([page])).lines


def test_empty_cells_keep_their_places() -> None:
    assert table(
        ("村名", "亩数", "时限", "备注"),
        ("南湾", "", "三月", "头茬"),
        ("", "320", "", "二茬"),
        ("北岭", "450", "五月", ""),
    ) == ["村名 | 亩数 | 时限 | 备注", "南湾 | | 三月 | 头茬", "| 320 | | 二茬", "北岭 | 450 | 五月 |"]


@pytest.mark.parametrize("cells", [((90.0, 300.0), (310.0, 480.0)), ((460.0, 470.0), (465.0, 480.0))])
def test_a_row_that_fits_into_no_columns_stays_as_it_is(cells: tuple[tuple[float, float], ...]) -> None:
    full = PdfLine("甲 | 乙 | 丙", 90, 480, 100, 12, ((90, 102), (100, 112), (460, 480)))
    odd = PdfLine("丁 | 戊", 90, 480, 120, 12, cells)
    plain = PdfLine("己庚辛", 90, 130, 140, 12)
    assert [line.text for line in with_empty_cells([full, odd, plain])][::2] == ["甲 | 乙 | 丙", "己庚辛"]
    assert len(with_empty_cells([full, odd, plain])) == 3

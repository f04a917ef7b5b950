"""Rows of tables become lines in which every cell has its place."""

from __future__ import annotations

from lxml import etree

from jianggao.sources.html_tables import table_rows, tag_of


def rows(page: str) -> list[str] | None:
    table = etree.fromstring(page, etree.HTMLParser()).find(".//table")
    return table_rows(table, lambda cell: None if cell.get("id") == "text" else "".join(cell.itertext()))


def test_rows_keep_the_places_of_empty_and_wide_cells() -> None:
    page = (
        "<table><caption>看渠表</caption><tr><th>村</th><th>里</th><th>人</th></tr><tr><td rowspan=2>南湾</td><td></td>"
        "<td>甲</td></tr><tr><td>3</td><td>乙</td></tr><tr><td colspan=2>合计</td><td>2</td></tr></table>"
    )
    assert rows(page) == ["看渠表", "村 | 里 | 人", "南湾 |  | 甲", " | 3 | 乙", "合计 |  | 2"]


def test_a_cell_that_claims_a_million_columns() -> None:
    found = rows("<table><tr><td colspan=1000000>甲</td><td>乙</td></tr></table>")
    assert found is not None and len(found[0]) < 300


def test_one_column_or_a_cell_of_text_makes_no_table_of_figures() -> None:
    assert rows("<table><tr><td>渠水清</td></tr><tr><td>水长流</td></tr></table>") is None
    assert rows("<table><tr><td>甲</td><td id=text>渠水清。</td></tr></table>") is None


def test_names_of_elements() -> None:
    assert tag_of(etree.fromstring('<P xmlns="http://www.w3.org/1999/xhtml"/>')) == "p"
    assert tag_of(etree.Comment("注")) == ""


def test_many_wide_and_high_cells_make_few_empty_ones() -> None:
    cells = "<tr><td rowspan=65534 colspan=1000>渠" * 400
    assert sum(map(len, rows(f"<table>{cells}</table>") or ())) < 400 * 400


def test_a_row_with_more_cells_than_are_ever_added_keeps_them_all() -> None:
    (found,) = rows("<table><tr>" + "<td colspan=2>渠</td>" * 300 + "</tr></table>") or ()
    assert found.count("渠") == 300

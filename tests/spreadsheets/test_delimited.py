"""Tables in plain text are read whatever parts the cells."""

from __future__ import annotations

import pytest

from jianggao.errors import WrongUse
from jianggao.spreadsheets.delimited import rows_of_text


def cells(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in rows_of_text(text)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "，"])
def test_the_delimiter_is_told_by_the_rows(delimiter: str) -> None:
    text = "\n".join(
        delimiter.join(row) for row in (("QQ", "时长", "备注"), ("20001", "1年", ""), ("20002", "1年", "老"))
    )
    assert cells(text) == [("QQ", "时长", "备注"), ("20001", "1年", ""), ("20002", "1年", "老")]


def test_without_one_blanks_part_the_cells() -> None:
    assert cells("QQ  时长\n20001\u30001年\n") == [("QQ", "时长"), ("20001", "1年")]


def test_excels_word_for_the_delimiter_counts() -> None:
    rows = rows_of_text("sep=;\r\nQQ;备注\r\n1;a,b,c\r\n")
    assert [(row.number, row.cells) for row in rows] == [(2, ("QQ", "备注")), (3, ("1", "a,b,c"))]


def test_quoted_cells_hold_delimiters_quotes_and_lines_and_rows_are_numbered_by_their_first_line() -> None:
    rows = rows_of_text('QQ,备注\n1,"甲,""乙""\n丙"\n\n2,丁\n')
    assert [(row.number, row.cells) for row in rows] == [
        (1, ("QQ", "备注")),
        (2, ("1", '甲,"乙"\n丙')),
        (5, ("2", "丁")),
    ]


def test_an_unpaired_quote_swallows_nothing() -> None:
    with pytest.raises(WrongUse, match="第 3 行的引号没有配对"):
        rows_of_text('QQ,备注\n1,甲\n2,"乙\n3,丙\n')


def test_blank_rows_are_none_and_long_cells_are_cut_so_that_it_can_be_told() -> None:
    (row,) = rows_of_text(",,\n" + "长" * 600 + ",1\n ,\t\n")
    assert row.number == 2 and len(row.cells[0]) == 501


def test_nul_bytes_mean_nothing() -> None:
    assert cells("Q\0Q,时长\n1,2") == [("QQ", "时长"), ("1", "2")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n" * 5_021, "超过 5000 行"),
        (",".join("a" * 201), "超过 200 列"),
        (("长" * 400 + ",") * 10 + "\n" + (("长" * 400 + ",") * 10 + "\n") * 260, "超过 100 万字"),
        ("a" * 200_000 + ",b", "引号"),
    ],
)
def test_a_table_beyond_the_limits_is_refused(text: str, why: str) -> None:
    with pytest.raises(WrongUse, match=why):
        rows_of_text(text)


def test_trailing_blank_columns_are_no_columns() -> None:
    assert len(cells("a,b" + "," * 300)[0]) == 200

"""What is offered to somebody whose query nothing holds: never what a person would laugh at.

`guesses.tsv` has a line for each query, with tabs between: the query; what may be offered (| between, - for
nothing); what must never be; and ! where something must be, as it is misspelt and the samples hold what was meant.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from jianggao.application import Application
from jianggao.text.normal_form import normal_form
from jianggao.text.segmentation import words

ROWS = [
    [*line.split("\t"), ""][:4]
    for line in Path(__file__).with_name("guesses.tsv").read_text("utf-8").splitlines()
]


def listed(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split("|")


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("query", "may", "never", "must"), ROWS, ids=[row[0] for row in ROWS])
async def test_what_is_offered(samples: Application, query: str, may: str, never: str, must: str) -> None:
    page = await samples.local_reader(reads_all=True).search_unrecorded(query, 5)
    assert page.total == 0
    suggested = [suggestion.text for suggestion in page.suggestions]
    read_as = [page.read_as] if page.read_as else []
    offered = [*suggested, *read_as, *page.topics]
    for text in offered:
        assert not [word for word in listed(never) if word in text], offered
        # Topics are near to what the query was read as.
        meant = query if text in read_as else f"{query} {page.read_as}"
        shared = [word for word in words(text) if len(word) > 1 and word in normal_form(meant)]
        assert shared or [word for word in listed(may) if word in text.replace(" ", "")], offered
    if may == "-":
        assert not suggested
    if must:
        assert suggested and any(word in suggested[0].replace(" ", "") for word in listed(may)), suggested


def test_the_table_is_no_table_of_silence() -> None:
    assert sum(row[3] == "!" for row in ROWS) > 30 < sum(row[1] == "-" for row in ROWS)

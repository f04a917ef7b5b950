"""Looking at cases: pages of the list, one case, and when its evidence is traced."""

from __future__ import annotations

import pytest
from report_desk import LEAK, OTHER, SELLER, START, Desk, complaint

from jianggao.errors import NotFound
from jianggao.resale_reports import case_views
from jianggao.resale_reports.model import Piece, PieceKind

FILE = Piece(PieceKind.FILE, "讲话.docx", content=b"a document")
PICTURE = Piece(PieceKind.PICTURE, "截图.jpg", content=b"a picture")


@pytest.mark.parametrize("number", [0, -1, 1, 2**63, 2**80])
async def test_a_number_of_no_report_is_refused_with_what_to_do(desk: Desk, number: int) -> None:
    async with desk.database.read() as connection:
        with pytest.raises(NotFound, match=f"没有编号 {number} 的举报。发“举报列表”查看。"):
            await case_views.case_of(connection, number)


async def test_pages_of_cases_say_how_many_are_open_in_all(desk: Desk) -> None:
    for at in range(3):
        await desk.file(complaint(None, text=f"{LEAK}第{at}个渡口也是这样。"), f"3010{at}")
    await desk.reject(2)
    async with desk.database.read() as connection:
        pages = [await case_views.cases(connection, page, size=2) for page in (1, 2)]
        with pytest.raises(NotFound):
            await case_views.cases(connection, 3, size=2)
    assert [[line.first.number for line in found.page.items] for found in pages] == [[1, 3], [2]]
    assert [(found.open, found.page.total, found.page.pages) for found in pages] == [(2, 3, 2)] * 2


async def test_texts_and_files_are_traced_and_pictures_are_not(desk: Desk) -> None:
    await desk.file(complaint(SELLER, Piece(PieceKind.TEXT, text=LEAK), PICTURE, FILE))
    case = await desk.look(1)
    assert desk.traced == [([LEAK], [("讲话.docx", b"a document")])]
    assert case.finding is not None and case.finding.finding == desk.finding
    assert (case.finding.at, case.is_traced) == (START, True)


async def test_what_was_traced_is_not_traced_again_until_more_comes(desk: Desk) -> None:
    await desk.file(complaint(SELLER))
    first = await desk.look(1)
    desk.advance(days=1)
    assert await desk.look(1) == first and len(desk.traced) == 1
    joined = await desk.file(complaint(SELLER, FILE), OTHER)
    again = await desk.look(joined.number)
    assert desk.traced[1:] == [([LEAK], [("讲话.docx", b"a document")])]
    assert again.number == 1 and again.finding is not None and again.finding.at == desk.now


async def test_a_tracing_that_fails_leaves_the_case_untraced(desk: Desk) -> None:
    await desk.file(complaint(SELLER))

    async def fails(texts: object, files: object) -> None:
        raise OSError("the worker is gone")

    with pytest.raises(OSError, match="worker"):
        await case_views.traced(desk.database, 1, fails, desk.now)  # type: ignore[arg-type]
    assert (await desk.case(1)).finding is None

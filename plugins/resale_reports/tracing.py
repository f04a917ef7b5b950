"""Evidence goes through 溯源 as a leak does; what that says becomes the finding of a case."""

from __future__ import annotations

from collections.abc import Sequence

from jianggao.resale_reports.inquiry import case_of
from jianggao.resale_reports.model import Finding, Trace
from plugins.gate import Request
from plugins.tracing import examine_leak


def trace_for(request: Request, case: int) -> Trace:
    """The tracing of a case's evidence for this asker. The look is logged with the number of the case, and spends what
    its reporters have left of the error that is stated for twelve months."""

    async def trace(texts: Sequence[str], files: Sequence[tuple[str, bytes]]) -> Finding:
        async with request.house.database.read() as connection:
            reporters = (await case_of(connection, case)).reports
        by = list(dict.fromkeys(one.reporter for one in reporters))
        found, answer = await examine_leak(request, texts, files, case, by)
        accused = found.named[0].account if found.named else None
        return Finding(found.verdict, accused, found.by_hash, answer)

    return trace

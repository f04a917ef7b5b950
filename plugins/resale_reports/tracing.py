"""Evidence goes through 溯源 as a leak does; what that says becomes the finding of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from jianggao.chat import Request
from jianggao.resale_reports import store
from jianggao.resale_reports.inquiry import case_of
from jianggao.resale_reports.model import Case, PieceKind, Report, Trace, TraceFinding
from jianggao.tracing.attribution import TraceVerdict
from jianggao.tracing.investigation import Examination

from ..tracing import FileTexts, examine_leak


def trace_for(request: Request, case: int) -> Trace:
    """The tracing of a case's evidence for this asker. The look is logged with the number of the case, and spends what
    its reporters have left of the error that is stated for twelve months."""

    async def trace(pieces: Sequence[str], files: Sequence[tuple[str, bytes]]) -> TraceFinding:
        async with request.application.database.read() as connection:
            whole = await case_of(connection, case)
        by = list(dict.fromkeys(one.reporter for one in whole.reports))
        file_texts = FileTexts(request)
        found, answer = await examine_leak(request, pieces, files, case, by, file_texts=file_texts)
        finding = _finding(found, answer)
        if len(by) < 2 and len(whole.reports) < 2:
            return finding
        if found.verdict is not TraceVerdict.STRONG:
            return await _apart(request, whole, finding, file_texts)
        return finding if len(by) < 2 else await _with_the_first(request, whole, finding, file_texts)

    return trace


async def _apart(request: Request, case: Case, together: TraceFinding, file_texts: FileTexts) -> TraceFinding:
    """The surest finding of each report by itself, as looks of those who made them: where pieces differ nothing counts,
    so a seller could hide by having reports on himself filed with the opposite of his marks."""
    told, surest = [together.report], together
    for report in case.reports:
        texts, files = await _sent_with(request, case, report)
        if not texts and not files:
            continue
        found, answer = await examine_leak(
            request, texts, files, case.number, [report.reporter], file_texts=file_texts
        )
        is_first = report.reporter == case.first.reporter
        tells = found.verdict is not TraceVerdict.CANNOT_TELL
        told.append(f"只看编号 {report.number} 的材料：" + (f"\n{answer}" if tells else "无法判定。"))
        if surest.verdict is not TraceVerdict.STRONG and (
            found.verdict is TraceVerdict.STRONG or surest.verdict is TraceVerdict.CANNOT_TELL
        ):
            surest = replace(_finding(found, ""), first_names=is_first)
    return replace(surest, report="\n".join(told))


async def _with_the_first(
    request: Request, case: Case, together: TraceFinding, file_texts: FileTexts
) -> TraceFinding:
    """The finding, which says whether the first reporter, who is rewarded, has sent nothing that tells: so a seller could
    be first by an account of his own, and be paid for what an honest one finds."""
    texts, files = await _sent_with(request, case, case.first)
    if texts or files:
        found, _ = await examine_leak(
            request, texts, files, case.number, [case.first.reporter], file_texts=file_texts
        )
        if found.verdict is TraceVerdict.STRONG and found.named[0].account == together.accused:
            return together
    told = (
        f"注意：最先举报的 {case.first.reporter} 发的材料单独认不出人，是后来并入的材料认出的。"
        "按规则不奖励他。"
    )
    return replace(together, report=f"{together.report}\n{told}", first_names=False)


async def _sent_with(
    request: Request, case: Case, report: Report
) -> tuple[list[str], list[tuple[str, bytes]]]:
    """The texts and files of one report."""
    pieces = [one for one in case.evidence if one.report == report.number]
    async with request.application.database.read() as connection:
        files = [
            (one.name, await store.content(connection, one.id))
            for one in pieces
            if one.kind is PieceKind.FILE
        ]
    return [one.text for one in pieces if one.kind is PieceKind.TEXT], files


def _finding(found: Examination, answer: str) -> TraceFinding:
    accused = found.named[0].account if found.named else None
    return TraceFinding(found.verdict, accused, found.by_hash, answer)

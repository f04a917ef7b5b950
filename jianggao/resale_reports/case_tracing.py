"""Traces the evidence of a case, and says what the reports name somebody by: all together, or one of them
alone.

Three questions are asked (docs/tracing.md, What twelve months of guessing can do):

1. Whom does all the evidence together point to?
2. If nobody is named strongly and there are several reports: whom does each report alone point to? Where
   pieces contradict each other nothing counts, so a seller could hide by having somebody report him with the
   opposite of his own marks.
3. If somebody is named strongly and there are several reporters: does what the first reporter sent name him
   too? Only the first reporter is rewarded, so a seller could be first with an empty report by an account of
   his own, and be paid for what an honest reporter finds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from jianggao.database import Database
from jianggao.resale_reports import evidence_store
from jianggao.resale_reports.case_views import case_of
from jianggao.resale_reports.model import Case, PieceKind, Report, TraceFinding
from jianggao.tracing.accusations import Confidence
from jianggao.tracing.examination import Examination
from jianggao.tracing.leak_inquiry import InquiryResult


class Inquiry(Protocol):
    """Examines evidence (`jianggao.tracing.leak_inquiry.LeakInquiry`)."""

    async def examine(
        self,
        pasted: Sequence[str],
        files: Sequence[tuple[str, bytes]],
        *,
        report: int | None = None,
        reporters: Sequence[str] = (),
    ) -> InquiryResult:
        """Returns the examination of texts and files, and the answer that an operator reads."""


@dataclass(frozen=True, slots=True)
class CaseTracing:
    """Traces one case. Each examination is logged with the case's number, and spends what its reporters have
    left of the error that is stated for twelve months."""

    database: Database
    inquiry: Inquiry
    number: int
    """The number of the case's first report."""

    async def __call__(self, texts: Sequence[str], files: Sequence[tuple[str, bytes]]) -> TraceFinding:
        """Returns the finding of all the evidence of the case (a `Trace`): its texts, and its files by name
        and bytes."""
        async with self.database.read() as connection:
            case = await case_of(connection, self.number)
        reporters = list(dict.fromkeys(report.reporter for report in case.reports))
        result = await self.inquiry.examine(texts, files, report=self.number, reporters=reporters)
        together = _finding(result.examination, result.answer)
        if len(case.reports) < 2:
            return together
        if together.confidence is not Confidence.STRONG:
            return await self._surest_of_reports(case, together)
        # If one person sent all reports, the first needn't name anybody: no other reporter loses a reward.
        return together if len(reporters) < 2 else await self._with_first_reporter(case, together)

    async def _surest_of_reports(self, case: Case, together: TraceFinding) -> TraceFinding:
        """Returns the surest of the findings of each report alone and of all together. Each is an examination
        of its own, from its reporter's share. The report of the returned finding says what each of them came
        to."""
        answers, surest = [together.report], together
        for report in case.reports:
            result = await self._examine_alone(case, report)
            if result is None:
                continue
            confidence = result.examination.confidence
            names = confidence is not Confidence.CANNOT_TELL
            answers.append(
                f"只看编号 {report.number} 的材料：" + (f"\n{result.answer}" if names else "无法判定。")
            )
            if _is_surer(confidence, surest.confidence):
                first_names = report.reporter == case.first.reporter
                surest = replace(_finding(result.examination, ""), first_names=first_names)
        return replace(surest, report="\n".join(answers))

    async def _with_first_reporter(self, case: Case, together: TraceFinding) -> TraceFinding:
        """Returns the finding, with a warning and `first_names=False` if what the first reporter sent doesn't
        name the same account strongly by itself."""
        result = await self._examine_alone(case, case.first)
        if result is not None:
            alone = result.examination
            if alone.confidence is Confidence.STRONG and alone.named[0].account == together.accused:
                return together
        warning = (
            f"注意：最先举报的 {case.first.reporter} 发的材料单独认不出人，是后来并入的材料认出的。"
            "按规则不奖励他。"
        )
        return replace(together, report=f"{together.report}\n{warning}", first_names=False)

    async def _examine_alone(self, case: Case, report: Report) -> InquiryResult | None:
        """Examines the texts and files of one report; None if it has neither (pictures can't be read)."""
        pieces = [piece for piece in case.evidence if piece.report == report.number]
        texts = [piece.text for piece in pieces if piece.kind is PieceKind.TEXT]
        async with self.database.read() as connection:
            files = [
                (piece.name, await evidence_store.content(connection, piece.id))
                for piece in pieces
                if piece.kind is PieceKind.FILE
            ]
        if not texts and not files:
            return None
        return await self.inquiry.examine(texts, files, report=case.number, reporters=[report.reporter])


def _is_surer(confidence: Confidence, than: Confidence) -> bool:
    """Returns whether a confidence replaces an earlier one: STRONG replaces all but STRONG, LEAD only
    CANNOT_TELL."""
    if than is Confidence.STRONG:
        return False
    if confidence is Confidence.STRONG:
        return True
    return than is Confidence.CANNOT_TELL


def _finding(examination: Examination, answer: str) -> TraceFinding:
    """Returns the finding of an examination, with the answer that was printed."""
    accused = examination.named[0].account if examination.named else None
    return TraceFinding(examination.confidence, accused, examination.by_hash, answer)

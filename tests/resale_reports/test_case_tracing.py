"""Which report of a case names somebody: all together, one of them alone, the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from report_desk import LEAK, OTHER, REPORTER, SELLER, Desk, complaint

from jianggao.resale_reports.case_tracing import CaseTracing
from jianggao.resale_reports.model import Piece, PieceKind, TraceFinding
from jianggao.tracing.accusations import Accusation, Confidence, Rule
from jianggao.tracing.examination import Examination, NamedMember
from jianggao.tracing.leak_inquiry import InquiryResult

PICTURE = Piece(PieceKind.PICTURE, "截图.jpg", content=b"a picture")
FILE = Piece(PieceKind.FILE, "讲话.docx", content=b"a document")
Judge = Callable[[list[str], list[tuple[str, bytes]]], tuple[Confidence, str | None]]


class Inquiry:
    """Examines by a function of texts and files, and keeps what it was asked."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.asked: list[tuple[list[str], list[str], int | None, list[str]]] = []

    async def examine(
        self,
        pasted: Sequence[str],
        files: Sequence[tuple[str, bytes]],
        *,
        report: int | None = None,
        reporters: Sequence[str] = (),
    ) -> InquiryResult:
        self.asked.append((list(pasted), [name for name, _ in files], report, list(reporters)))
        confidence, account = self._judge(list(pasted), list(files))
        named = ()
        if account is not None:
            accusation = Accusation(
                account, confidence, Fraction(1, 10**7), Rule.ALL, 40, 40, 30, Fraction(1)
            )
            named = (NamedMember(account, accusation, ()),)
        found = Examination((), 30, 1, confidence, named, by_hash=False, known_files=0, letters=1_000)
        return InquiryResult(found, f"{confidence.value}：{account}")


def naming(confidence: Confidence, account: str | None = SELLER) -> Judge:
    return lambda texts, files: (confidence, account)


def naming_by_file(texts: list[str], files: list[tuple[str, bytes]]) -> tuple[Confidence, str | None]:
    """Strong with the document alone; texts beside it contradict it."""
    if files and not texts:
        return Confidence.STRONG, SELLER
    return Confidence.CANNOT_TELL, None


async def traced(desk: Desk, inquiry: Inquiry) -> TraceFinding:
    case = await desk.case(1)
    texts = [piece.text for piece in case.evidence if piece.kind is PieceKind.TEXT]
    files = [(piece.name, b"") for piece in case.evidence if piece.kind is PieceKind.FILE]
    return await CaseTracing(desk.database, inquiry, 1)(texts, files)


async def test_a_single_report_is_examined_once(desk: Desk) -> None:
    await desk.file(complaint(SELLER, Piece(PieceKind.TEXT, text=LEAK), FILE))
    inquiry = Inquiry(naming(Confidence.STRONG))
    finding = await traced(desk, inquiry)
    assert inquiry.asked == [([LEAK], ["讲话.docx"], 1, [REPORTER])]
    assert (finding.named, finding.first_names, finding.report) == (SELLER, True, f"strong：{SELLER}")


async def test_where_all_together_name_nobody_each_report_is_examined_alone(desk: Desk) -> None:
    """The friend of the seller sends the opposite of his marks; what the honest reporter sent names him."""
    await desk.file(complaint())
    await desk.file(complaint(SELLER, FILE), OTHER)
    inquiry = Inquiry(naming_by_file)
    finding = await traced(desk, inquiry)
    assert [asked[3] for asked in inquiry.asked] == [[REPORTER, OTHER], [REPORTER], [OTHER]]
    assert (finding.named, finding.first_names) == (SELLER, False)
    assert finding.report.split("\n") == [
        "cannot tell：None",
        "只看编号 1 的材料：无法判定。",
        "只看编号 2 的材料：",
        f"strong：{SELLER}",
    ]


async def test_a_report_of_pictures_alone_is_not_examined(desk: Desk) -> None:
    await desk.file(complaint(SELLER, PICTURE))
    await desk.file(complaint(SELLER, FILE), OTHER)
    inquiry = Inquiry(naming(Confidence.CANNOT_TELL, None))
    await traced(desk, inquiry)
    assert [asked[3] for asked in inquiry.asked] == [[REPORTER, OTHER], [OTHER]]


async def test_a_lead_of_one_report_does_not_replace_that_of_all(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.file(complaint(SELLER, FILE), OTHER)

    def judge(texts: list[str], files: list[tuple[str, bytes]]) -> tuple[Confidence, str | None]:
        return Confidence.LEAD, "20001" if texts and files else "20002"

    finding = await traced(desk, Inquiry(judge))
    assert (finding.confidence, finding.accused) == (Confidence.LEAD, "20001")
    assert finding.report.count("lead：20002") == 2


async def test_the_first_of_two_strong_reports_stands(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.file(complaint(SELLER, FILE), OTHER)

    def judge(texts: list[str], files: list[tuple[str, bytes]]) -> tuple[Confidence, str | None]:
        if texts and files:
            return Confidence.CANNOT_TELL, None
        return Confidence.STRONG, "20001" if texts else "20002"

    finding = await traced(desk, Inquiry(judge))
    assert (finding.named, finding.first_names) == ("20001", True)


async def test_who_was_first_with_what_names_nobody_is_told(desk: Desk) -> None:
    await desk.file(complaint(SELLER, text="见图，他在卖，价钱也写在图上，一看就知道是怎么回事"))
    await desk.file(complaint(SELLER, FILE), OTHER)
    inquiry = Inquiry(lambda texts, files: (Confidence.STRONG, SELLER if files else "20002"))
    finding = await traced(desk, inquiry)
    assert [asked[3] for asked in inquiry.asked] == [[REPORTER, OTHER], [REPORTER]]
    assert (finding.named, finding.first_names) == (SELLER, False)
    assert finding.report.endswith("按规则不奖励他。") and f"最先举报的 {REPORTER}" in finding.report


async def test_who_was_first_with_pictures_alone_is_told_without_an_examination(desk: Desk) -> None:
    await desk.file(complaint(SELLER, PICTURE))
    await desk.file(complaint(SELLER, FILE), OTHER)
    inquiry = Inquiry(naming(Confidence.STRONG))
    assert not (await traced(desk, inquiry)).first_names
    assert len(inquiry.asked) == 1


async def test_who_was_first_with_the_copy_is_not_doubted(desk: Desk) -> None:
    await desk.file(complaint(SELLER, FILE))
    await desk.file(complaint(), OTHER)
    finding = await traced(desk, Inquiry(naming(Confidence.STRONG)))
    assert finding.first_names and finding.report == f"strong：{SELLER}"


async def test_two_reports_of_one_person_need_no_second_examination(desk: Desk) -> None:
    await desk.file(complaint())
    await desk.file(complaint(SELLER, FILE))
    inquiry = Inquiry(naming(Confidence.STRONG))
    assert (await traced(desk, inquiry)).first_names
    assert [asked[3] for asked in inquiry.asked] == [[REPORTER]]

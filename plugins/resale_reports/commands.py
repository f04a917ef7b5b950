"""Handles 举报 for everybody, in private, and the list, the cases and the decisions on them for the
operator."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import wraps

from aiosqlite import Connection

from jianggao.chat import (
    CommandTable,
    Reply,
    Request,
    Scope,
    ToldChange,
    act_of,
    change_and_tell,
    parse_number,
    parse_whole,
    refusal_text,
    register_matcher,
)
from jianggao.errors import AlreadyProcessed, JianggaoError, NotFound, WrongForm, WrongUse
from jianggao.membership.account_history import histories
from jianggao.people.people_store import names_of
from jianggao.resale_reports import case_decisions, case_views, evidence_store, filing, store
from jianggao.resale_reports.case_decisions import NotPaid, Payment
from jianggao.resale_reports.case_tracing import CaseTracing
from jianggao.resale_reports.model import Case, PieceKind, Report, Trace
from jianggao.resale_reports.reward_doubts import doubts

from . import texts
from .conversation import Conversation, reopen_reports

commands = CommandTable("resale_reports")
commands.reopens(reopen_reports)
_PAYMENTS = {None: Payment.BY_RULE, "仍奖励": Payment.IN_SPITE, "不奖励": Payment.NOTHING}
_DECISION = re.compile(r"(\d{1,9})(?:\s+(仍奖励|不奖励)\s*(.*))?", re.DOTALL)
_NUMBERED = re.compile(r"(\d{1,9})(?:\s+(.*))?", re.DOTALL)
_SUFFIX = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|txt|md|docx?|wps|pdf|xlsx?|pptx?|zip)$", re.IGNORECASE)
"""The suffixes that evidence keeps when it is sent to an operator. A file of another kind, such as a program,
gets .bin: opening it could run it."""


def privately(handler: Callable[[Request], Awaitable[str | Reply]]) -> Callable[[Request], Awaitable[Reply]]:
    """Sends what a handler answers or refuses to the asker's private chat, wherever he asked: it is about
    people."""

    @wraps(handler)
    async def handle(request: Request) -> Reply:
        try:
            answer = await handler(request)
            return answer if isinstance(answer, Reply) else Reply(answer, private=True)
        except AlreadyProcessed:
            raise
        except JianggaoError as error:
            return Reply(refusal_text(error, request.parsed.command), private=True)

    return handle


@commands.handles(
    "举报",
    usage="举报 [QQ号或地方]",
    example="举报 12345678",
    summary="举报倒卖会员资料的人，私聊办理，查实送一年会员",
)
async def begin_report(request: Request) -> str | None:
    """举报: opens the conversation in which a report is made."""
    if request.in_group:
        return texts.IN_PRIVATE
    zone = request.application.settings.timezone
    await request.read(filing.require_may_report, request.account, request.now, zone)
    return await Conversation.begin(request)


@commands.handles(
    "举报列表",
    scope=Scope.SUPERUSER,
    usage="举报列表 [页]",
    example="举报列表 2",
    summary="举报，没有结论的在前",
)
@privately
async def list_cases(request: Request) -> str:
    """举报列表: shows a page of the cases, undecided ones first."""
    page = parse_whole(request.argument, 1)
    found = await request.read(case_views.cases, page)
    accounts = [line.first.reporter for line in found.page.items]
    accounts += [line.accused for line in found.page.items if line.accused is not None]
    names = await request.read(names_of, accounts)
    return texts.case_list(found, request.application.settings.timezone, names)


@commands.handles(
    "查看举报",
    scope=Scope.SUPERUSER,
    usage="查看举报 编号",
    example="查看举报 3",
    summary="一件举报的材料和溯源；查看举报 3.2 看第 2 件材料",
)
@privately
async def show_case(request: Request) -> str:
    """查看举报: shows a case with what its evidence was traced to, or one piece of evidence in full."""
    number = parse_number(request.argument)
    if number is None:
        raise WrongForm("请写举报编号；要看第 2 件材料，编号后面加“.2”。")
    if number.section is not None:
        return await _show_evidence(request, number.speech, number.section)
    case = await _traced(request, number.speech)
    zone = request.application.settings.timezone
    related = await request.read(store.related, case.number)
    doubtful = await request.read(doubts, case, zone)
    known = await request.read(histories, case_views.accounts_in(case))
    return texts.case(case, related, doubtful, zone, known)


@commands.handles(
    "通过举报",
    scope=Scope.SUPERUSER,
    usage="通过举报 编号 [仍奖励 原因 / 不奖励]",
    example="通过举报 3",
    summary="查实，送举报人一年会员",
)
@privately
async def uphold(request: Request) -> Reply:
    """通过举报: upholds a case and rewards the first reporter. Where something stands against the reward, says
    what, and changes nothing."""
    match = _DECISION.fullmatch(request.argument.strip())
    if match is None:
        raise WrongForm("请写举报编号，后面可以写“仍奖励”加原因，或“不奖励”。")
    number, payment, reason = int(match[1]), _PAYMENTS[match[2]], (match[3] or "").strip()
    if payment is Payment.IN_SPITE and not reason:
        raise WrongUse(f"仍奖励要写原因，会记进操作记录。例如：通过举报 {number} 仍奖励 截图能确认是本人")
    await _traced(request, number)

    async def effect(connection: Connection) -> ToldChange | Reply:
        done = await case_decisions.uphold(connection, number, act_of(request, reason), payment)
        if isinstance(done, NotPaid):
            return Reply(
                texts.not_paid(done, request.application.settings.timezone), private=True, changed=False
            )
        notices = _notices(done.case, lambda report: texts.upheld_notice(report, done), done.named)
        known = await histories(connection, case_views.accounts_in(done.case))
        zone = request.application.settings.timezone
        return ToldChange(notices, lambda outcomes: texts.upheld(done, outcomes, zone, known))

    return await change_and_tell(request, effect)


@commands.handles(
    "驳回举报",
    scope=Scope.SUPERUSER,
    usage="驳回举报 编号 原因",
    example="驳回举报 3 截图里看不出是谁发的",
    summary="没有成立，原因转告举报人",
)
@privately
async def reject(request: Request) -> Reply:
    """驳回举报: rejects a case; the reporters read the reason."""
    number, reason = _numbered(request)
    zone = request.application.settings.timezone

    async def effect(connection: Connection) -> ToldChange:
        case = await case_decisions.reject(connection, number, act_of(request, reason))
        ends = {
            report.reporter: filing.cooldown_end(await store.rejections_of(connection, report.reporter))
            for report in case.reports
        }
        notices = _notices(
            case, lambda report: texts.rejected_notice(report, reason, ends[report.reporter], zone)
        )
        return ToldChange(notices, lambda outcomes: texts.rejected(case, outcomes))

    return await change_and_tell(request, effect)


@commands.handles(
    "重审",
    scope=Scope.SUPERUSER,
    usage="重审 编号 [原因]",
    example="重审 3",
    summary="重新核实一件举报，已送的一年收回",
)
@privately
async def reopen(request: Request) -> Reply:
    """重审: opens a decided case again, and takes the reward back."""
    number, reason = _numbered(request)

    async def effect(connection: Connection) -> ToldChange:
        done = await case_decisions.reopen(connection, number, act_of(request, reason))
        notices = _notices(done.case, lambda report: texts.reopened_notice(report, done))
        return ToldChange(notices, lambda outcomes: texts.reopened(done, outcomes))

    return await change_and_tell(request, effect)


async def _traced(request: Request, number: int) -> Case:
    """Returns the case with its evidence traced, by the number of any of its reports."""
    database = request.application.database
    number = (await request.read(case_views.case_of, number)).number
    return await case_views.traced(database, number, trace_for(request, number), request.now)


def trace_for(request: Request, case: int) -> Trace:
    """Returns the tracing of a case's evidence for this asker."""
    application = request.application
    return CaseTracing(application.database, application.leak_inquiry(request.account, request.now), case)


async def _show_evidence(request: Request, number: int, place: int) -> str:
    """Returns a text of the evidence as the answer; sends a picture or file, and returns what became of
    it."""
    case = await request.read(case_views.case_of, number)
    if not 1 <= place <= len(case.evidence):
        raise NotFound(f"举报 {case.number} 没有第 {place} 件材料（共 {len(case.evidence)} 件）。")
    piece = case.evidence[place - 1]
    if piece.kind is PieceKind.TEXT:
        text = texts.evidence(case.number, place, piece)
        if text is not None:
            return text
        suffix, content = ".txt", piece.text.encode("utf-8")
    else:
        found = _SUFFIX.search(piece.name)
        suffix, content = (
            found[0].lower() if found else ".bin",
            await request.read(evidence_store.content, piece.id),
        )
    await request.processed_message.record_or_later()
    name = f"举报{case.number}-{place}{suffix}"
    outcome = await request.sender.file_to_friend(request.account, name, content)
    return texts.evidence_sent(name, outcome)


def _notices(
    case: Case, words: Callable[[Report], str], named: str | None = None
) -> tuple[tuple[str, str], ...]:
    """Returns the notices, one a reporter: stored with the decision, so that a kill loses none."""
    return tuple((report.reporter, words(report)) for report in case.to_tell(named))


def _numbered(request: Request) -> tuple[int, str]:
    """Returns the case's number and the reason behind it. Raises WrongForm."""
    match = _NUMBERED.fullmatch(request.argument.strip())
    if match is None:
        raise WrongForm("请写举报编号。")
    return int(match[1]), (match[2] or "").strip()


matcher = register_matcher(commands.plugin)

"""Handles 我的会员 and 订阅 for all, and the commands of the membership ledger for superusers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiosqlite import Connection

from jianggao.access import quotas, trial_store, trials
from jianggao.access.trials import TrialText
from jianggao.access.verdicts import Locked, Place, PlaceKind
from jianggao.chat import (
    CommandTable,
    Reply,
    Request,
    Scope,
    ToldChange,
    accounts_without_need,
    act_of,
    change_and_tell,
    parse_account,
    parse_account_and_reason,
    parse_days,
    parse_entry,
    parse_grant,
    parse_number,
    parse_optional_account,
    parse_page,
    register_matcher,
)
from jianggao.errors import NotFound, WrongForm, WrongUse
from jianggao.membership import administration, ledger_store, overviews, renewals
from jianggao.membership.administration import Act, MembershipChange
from jianggao.membership.durations import Duration
from jianggao.membership.ledger_transfers import transfers_to
from jianggao.people import people_store
from jianggao.people.people_store import names_of
from jianggao.reminders import reminder_store
from jianggao.text.folding import nfkc

from ..refusal_texts import with_trial
from ..shared_texts import no_subscription_for
from . import texts

commands = CommandTable("members")
_BEGINNING = 30
"""Characters of a message in which its command word stands."""


@commands.handles("我的会员", usage="我的会员", example="我的会员", summary="看到期日、可看范围和今天的额度")
async def show_own_membership(request: Request) -> Reply:
    """我的会员: shows the asker's membership and what is left of today's quotas."""
    settings = request.application.settings
    report = await request.read(overviews.member_report, request.account, request.now, settings.timezone)
    left = await request.read(
        quotas.allowance, request.account, request.now, request.application.daily_quotas
    )
    return Reply(texts.own(report, left, settings, offers_trial=await _may_try(request)))


@commands.handles(
    "订阅",
    aliases=("会员", "怎么订阅"),
    short=("续费",),
    usage="订阅",
    example="订阅",
    summary="怎么成为会员",
)
async def show_how_to_subscribe(request: Request) -> str:
    """订阅: shows the operator's text on how to become a member, and the trial to who may have it. A superuser
    who says 续费 of somebody reads how to renew."""
    settings = request.application.settings
    if request.superuser and request.argument and "续费" in nfkc(request.message.typed)[:_BEGINNING]:
        return texts.how_to_renew(request.argument)
    return (
        with_trial(settings.subscribe_text, settings) if await _may_try(request) else settings.subscribe_text
    )


@commands.handles(
    "开通",
    aliases=("开通会员",),
    scope=Scope.SUPERUSER,
    usage="开通 @某人 时长 [备注]",
    example="开通 12345678 1年",
    summary="开通会员",
)
async def grant(request: Request) -> Reply:
    """开通: starts a membership, or a further span of one."""
    return await _give(request, administration.grant)


@commands.handles(
    "续期",
    scope=Scope.SUPERUSER,
    usage="续期 @某人 时长 [备注]",
    example="续期 12345678 3个月",
    summary="接着到期日续",
)
async def renew(request: Request) -> Reply:
    """续期: extends a membership from the day on which it ends."""
    return await _give(request, administration.renew)


@commands.handles(
    "停用",
    scope=Scope.SUPERUSER,
    usage="停用 @某人 [原因]",
    example="停用 12345678 倒卖",
    summary="停用会员，时间照走",
)
async def suspend(request: Request) -> Reply:
    """停用: suspends a membership, whose time goes on."""
    account, note = parse_account_and_reason(request.argument, request.parsed.mentions)
    return await _change(
        request, note, lambda connection, act: administration.suspend(connection, account, act)
    )


@commands.handles(
    "恢复", scope=Scope.SUPERUSER, usage="恢复 @某人", example="恢复 12345678", summary="解除停用"
)
async def resume(request: Request) -> Reply:
    """恢复: ends a suspension."""
    account, note = parse_account_and_reason(request.argument, request.parsed.mentions)
    return await _change(
        request, note, lambda connection, act: administration.resume(connection, account, act)
    )


@commands.handles(
    "撤销",
    aliases=("撤消",),
    scope=Scope.SUPERUSER,
    usage="撤销 记录号",
    example="撤销 15",
    summary="撤销一条操作记录",
)
async def undo(request: Request) -> Reply:
    """撤销: takes an entry out of the ledger's fold. Of a transfer all accounts concerned are told."""
    parsed = parse_entry(request.argument)
    if parsed is None:
        raise WrongForm("请写要撤销的记录号，发“操作记录”查看。")
    number, note = parsed
    act = act_of(request, note)

    async def effect(connection: Connection) -> ToldChange:
        entered = await administration.undo(connection, number, act)
        await _note_follows(connection, entered)
        names = await names_of(connection, [entered.entry.member])
        notices = () if entered.successor is None else texts.undone_transfer_notices(entered, request.now)
        return ToldChange(notices, lambda outcomes: texts.undone(entered, request.now, names, outcomes))

    try:
        return await change_and_tell(request, effect)
    except (NotFound, WrongUse) as refused:
        return _refused(refused)


@commands.handles(
    "会员查询",
    aliases=("查询会员", "会员信息"),
    scope=Scope.SUPERUSER,
    usage="会员查询 @某人（或昵称、备注里的字）",
    example="会员查询 12345678",
    summary="看一个人的会员和记录，或按昵称、备注找人",
)
async def show_member(request: Request) -> Reply:
    """会员查询: shows one person's membership and ledger entries, or who has such a name or note."""
    settings = request.application.settings
    account, rest = parse_optional_account(request.argument, request.parsed.mentions)
    _require_one(request, rest if account is not None else "")
    if account is None and rest:
        found, total = await request.read(people_store.find_people, rest, texts.MOST_FOUND)
        if not found:
            raise NotFound(texts.nobody_found(rest))
        if total > 1:
            accounts = [person.account for person in found]
            lines = await request.read(overviews.lines_of, accounts, request.now, settings.timezone)
            names = {person.account: person for person in found}
            return Reply(texts.people_found(rest, lines, total, names), private=True)
        account = found[0].account
    if account is None:
        raise WrongForm("请 @ 一个人或写 QQ 号，也可以写昵称或备注里的字。")
    report = await request.read(overviews.member_report, account, request.now, settings.timezone)
    names = await request.read(names_of, report.accounts)
    received = await request.read(trial_store.text_of, account)
    noted = await request.read(people_store.note_origin, account)
    return Reply(texts.member(report, settings, names, trial_text=received, noted=noted), private=True)


@commands.handles(
    "会员列表",
    aliases=("会员名单",),
    scope=Scope.SUPERUSER,
    usage="会员列表 [页]",
    example="会员列表 2",
    summary="所有会员",
)
async def list_members(request: Request) -> Reply:
    """会员列表: shows a page of all members."""
    page = parse_page(request.argument)
    zone = request.application.settings.timezone
    found = await request.read(overviews.members, page, request.now, zone)
    names = await request.read(names_of, [line.member for line in found.items])
    return Reply(texts.member_list(found, names), private=True)


@commands.handles(
    "到期清单", scope=Scope.SUPERUSER, usage="到期清单 [天数]", example="到期清单 30", summary="快到期的会员"
)
async def list_expiring(request: Request) -> Reply:
    """到期清单: lists the memberships that end within so many days, 7 by default, with a renewal of each to
    copy."""
    today = request.application.today
    days = parse_days(request.argument, today, 7)
    zone = request.application.settings.timezone
    found = await request.read(overviews.expiring, days, request.now, zone)
    reminded = await request.read(reminder_store.latest_outcomes, today)
    given = await request.read(renewals.usual_durations) if found else {}
    names = await request.read(names_of, [line.member for line in found])
    return Reply(
        texts.expiring(found, days, reminded, names),
        private=True,
        to_copy=texts.renewals_to_copy(found, given),
    )


@commands.handles(
    "操作记录",
    aliases=("操作日志",),
    scope=Scope.SUPERUSER,
    usage="操作记录 [@某人] [页]",
    example="操作记录 12345678 2",
    summary="谁何时办了什么",
)
async def show_log(request: Request) -> Reply:
    """操作记录: shows a page of the ledger, of everybody or of one person."""
    account, rest = parse_optional_account(request.argument, request.parsed.mentions)
    _require_one(request, rest)
    try:
        page = parse_page(rest)
    except WrongForm:
        raise WrongForm(texts.LOG_FORM) from None
    found = await request.read(overviews.log, page, account)
    names = await request.read(names_of, overviews.accounts_in(line.entry for line in found.items))
    return Reply(texts.log(found, request.application.settings, names, account), private=True)


@commands.handles(
    "能看",
    scope=Scope.SUPERUSER,
    usage="能看 @某人 篇号",
    example="能看 12345678 12",
    summary="一个人能不能看某篇，为什么",
)
async def show_verdict(request: Request) -> Reply:
    """能看: says whether a person may read a speech in private, and why not."""
    account, rest = parse_account(request.argument, request.parsed.mentions)
    number = parse_number(rest)
    if number is None:
        raise WrongForm("还差篇号。")
    reader = await request.application.reader(account, Place(PlaceKind.PRIVATE, account))
    speech, verdict = await reader.verdict_on(number.speech)
    trial = await _trial_text(request, account) if isinstance(verdict, Locked) else TrialText()
    names = await request.read(names_of, [account])
    return Reply(texts.verdict(account, speech, verdict, names, trial), private=True)


def _require_one(request: Request, rest: str) -> None:
    """Raises WrongForm if a further account stands beside the one that is asked about."""
    if len(request.parsed.mentions) > 1 or parse_optional_account(rest, ())[0] is not None:
        raise WrongForm("一次只能查一个人，请分开发。")


async def _may_try(request: Request) -> bool:
    """Returns whether the asker may be told of the trial."""
    if request.superuser or request.application.settings.trial is None:
        return False
    zone = request.application.settings.timezone
    return await request.read(trials.lasting_refusal, request.account, request.now, zone) is None


async def _trial_text(request: Request, account: str) -> TrialText:
    """Returns what of the full text for trial concerns the answer to 能看."""
    settings = request.application.settings
    received = await request.read(trial_store.text_of, account)
    if settings.trial is None or settings.trial.days is not None:
        return TrialText(received)
    refused = await request.read(trials.refusal, account, request.now, settings.timezone, settings.trial_wait)
    return TrialText(received, refused is None)


async def _give(
    request: Request,
    service: Callable[[Connection, str, Duration, Act], Awaitable[MembershipChange]],
) -> Reply:
    """Gives somebody a membership for a time, by `grant` or `renew`."""
    account, duration, note = parse_grant(request.argument, request.parsed.mentions)
    if account in accounts_without_need(request):
        raise WrongUse(no_subscription_for(account, request.parsed.command.name))
    return await _change(request, note, lambda connection, act: service(connection, account, duration, act))


async def _change(
    request: Request, note: str, service: Callable[[Connection, Act], Awaitable[MembershipChange]]
) -> Reply:
    """Enters the change in the ledger by `service`, once, and returns the answer."""
    act = act_of(request, note)

    async def effect(connection: Connection) -> Reply:
        entered = await service(connection, act)
        # The answer may stand in a group: names, and the operators' notes, are for private chats.
        about = [] if request.in_group else overviews.accounts_in([entered.entry])
        return Reply(texts.change(entered, request.now, await names_of(connection, about)))

    try:
        return await request.change(effect)
    except NotFound as refused:
        return _refused(refused)


def _refused(refused: NotFound | WrongUse) -> Reply:
    """Returns a refusal. It may name an account that nobody typed, which a subscription was moved to: not for
    a group."""
    return Reply(str(refused), private=True)


async def _note_follows(connection: Connection, entered: MembershipChange) -> None:
    """Takes the operators' note back that went along with a transfer which was undone, or lets it follow one
    that stands again."""
    old, new = entered.entry.member, entered.successor
    if new is None:
        return
    entries = await ledger_store.related_entries(connection, old)
    if any(step.old == old for step in transfers_to(entries, new)):
        await people_store.copy_note(connection, old, new)
    else:
        await people_store.take_back_note(connection, old, new)


matcher = register_matcher(commands.plugin)

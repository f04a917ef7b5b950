"""Words the answers about redeem codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from jianggao.chat.sending.code_delivery import HandOver
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused
from jianggao.people.names import NO_NAMES, Names, label
from jianggao.redeem_codes.code_store import BatchState, CodeBatch, CodeTerms, StoredCode
from jianggao.redeem_codes.issuing import MOST_NOTE, NewBatch, RevokedBatch
from jianggao.redeem_codes.overviews import BatchPage, BatchReport
from jianggao.redeem_codes.redemption import (
    LockedOut,
    NotForMembers,
    Redeemed,
    RedemptionOutcome,
    Rejected,
    Suspended,
    TrialTaken,
    UsedByYou,
)
from jianggao.text.quoting import quoted

NO_SUCH_CODE = "没有这个卡密，请核对有没有打错。"
NONE_UNDONE: Mapping[int, int] = {}
IN_PRIVATE = "卡密请私聊发给我，不要发在群里：别人看到就能先用掉。"
ONE_AT_A_TIME = "一次兑换一个，这条消息没有兑换。请一条消息发一个。"
OPERATORS_CODE = (
    "这条消息里有卡密，没有兑换。查它发“卡密列表 卡密”，作废发“作废卡密 卡密”，自己用发“兑换 卡密”。"
)
REJECTED = (
    "这个卡密用不了：可能打错了、用过了、作废了或过期了。请对照原文复制一遍再发；还不行就找卖给你的人换一个。"
)
_TRIAL_TAKEN = "每人只能试用一次，你已经试用过了。这个卡密没有用掉，可以送给别人。想继续用请发“订阅”。"
_NOT_FOR_MEMBERS = (
    "试用卡密只给没当过会员的人。这个卡密没有用掉，可以送给别人。想续期请发“订阅”，有效期发“我的会员”看。"
)
OPERATORS_CODE_IN_A_GROUP = "卡密发在群里谁都能用，刚才的已作废。请另生成，私聊发给买的人。"
_SUSPENDED = "你的会员停用着，暂时不能兑换。这个卡密没有用掉，请联系群主。"
EXPOSED = "卡密发在群里谁都能用，刚才的已作废。请找卖给你的人换一个，私聊发给我兑换。"
NOT_REVOKED = "卡密发在群里谁都能用，可现在数据库写不进去，还没能作废。请马上找卖给你的人换一个。"
_REASONS = {
    RefusalReason.NOT_A_FRIEND: "你还不是机器人的好友",
    RefusalReason.ACCOUNT_LIMITED: "机器人的账号暂时被 QQ 限制",
    RefusalReason.EXPIRED: "排队太久",
    RefusalReason.LINE_DOWN: "和 QQ 断开了",
    RefusalReason.STOPPED: "机器人要停了",
}


def outcome(found: RedemptionOutcome, now: datetime, zone: tzinfo) -> str:
    """Returns the answer to 兑换. Every code that can't be redeemed has the same one, so that nobody learns
    by guessing which codes there are."""
    match found:
        case Redeemed():
            return _redeemed(found, now)
        case UsedByYou():
            day = found.at.astimezone(zone).date().isoformat()
            then = "，那次兑换后来被撤销了，卡密不退回" if found.is_undone else ""
            return f"这个卡密你已经在 {day} 兑换过了（记录号 {found.entry}）{then}。发“我的会员”看有效期。"
        case LockedOut():
            return f"试错太多，请 {found.minutes} 分钟后再试。"
        case TrialTaken():
            return _TRIAL_TAKEN
        case NotForMembers():
            return _NOT_FOR_MEMBERS
        case Suspended():
            return _SUSPENDED
        case Rejected():
            return REJECTED


def left_undone(command: str) -> str:
    """Returns the line above the answer to 兑换 where the message began with another command; "" without
    one."""
    return f"“{command}”没有办：带卡密的消息只当兑换。要办请去掉卡密再发。\n" if command else ""


def _redeemed(found: Redeemed, now: datetime) -> str:
    state = found.change.after
    window = state.window(now)
    until = "" if state.valid_until is None else f"，有效期至 {state.valid_until.isoformat()}"
    reads = "" if window is None else f"可看 {window.first.isoformat()} 至 {window.last.isoformat()} 的资料。"
    return (
        f"兑换成功：{found.terms}{until}。{reads}\n"
        "先发“检索 乡村振兴”试试，看中哪段直接发它的编号；要整篇发“全文 篇号”。"
    )


def heading(batch: NewBatch) -> str:
    """Returns the line above the codes in the message that hands them over."""
    return f"{batch.what} 卡密{_until(batch.terms)}，一张一行，每张只能用一次："


def stopped(batch: NewBatch) -> str:
    """Returns the answer to 卡密 if the bot ends while it hands the codes over."""
    return f"机器人在发卡密时停了，第 {batch.number} 批没有启用，已作废，请重新生成。"


def handed_over(batch: NewBatch, sent: HandOver) -> str:
    """Returns the answer to 卡密 when the codes have arrived."""
    if isinstance(sent.file, Delivered) and isinstance(sent.message, Delivered):
        how = "文件和消息各一份"
    else:
        how = "文件" if isinstance(sent.file, Delivered) else "消息；文件没发出去"
    return (
        f"{batch.what} 卡密已发到私聊（{how}）{_until(batch.terms) or '，没有最后兑换日'}。机器人不留底，请自己存好。\n"
        f"买的人私聊发给我就能兑换。发“卡密列表 {batch.number}”看谁用了，“作废卡密 {batch.number}”作废没用的。"
    )


def not_handed_over(batch: NewBatch, sent: HandOver) -> str:
    """Returns the answer to 卡密 when the codes have not arrived, or nobody knows."""
    if sent.is_unknown:
        return f"不确定第 {batch.number} 批卡密有没有发到，为安全起见已全部作废，收到的也用不了。请重新生成。"
    return f"第 {batch.number} 批卡密没发出去（{_reason(sent.refusal)}），已作废。处理后请重新生成。"


def not_activated(batch: NewBatch) -> str:
    """Returns the answer to 卡密 when the codes have left and that can't be stored."""
    return f"第 {batch.number} 批卡密发出去了，但数据库写不进去，没有启用，用不了。恢复后请重新生成。"


def batch_list(page: BatchPage, zone: tzinfo) -> str:
    """Returns a page of 卡密列表."""
    if not page.batches:
        return "还没有生成过卡密。发“卡密 20 1年”生成。"
    head = f"共 {page.total} 批卡密"
    head += f"（第 {page.page}/{page.pages} 页，发“卡密列表 第2页”翻页）：" if page.pages > 1 else "："
    lines = [f"{_batch_line(batch, zone)}：{_counts(batch)}" for batch in page.batches]
    return "\n".join([head, *lines, "发“卡密列表 批次”看谁用了，“作废卡密 批次”作废没用的。"])


def batch_report(report: BatchReport, zone: tzinfo, names: Names = NO_NAMES) -> str:
    """Returns the answer to 卡密列表 with the number of a batch."""
    batch = report.batch
    lines = [f"第 {_batch_line(batch, zone)}，{batch.by or '终端'} 生成：{_counts(batch)}。"]
    if report.used:
        pages = f"（第 {report.page}/{report.pages} 页）" if report.pages > 1 else ""
        lines.append(f"用掉的{pages}：")
    for used in report.used:
        at = used.code.at.astimezone(zone)
        who = f"{at:%Y-%m-%d %H:%M} {label(used.code.by, names)} 记录号 {used.code.entry}"
        lines.append(who + _undone(used.undone_by))
    return "\n".join(lines)


def code_report(
    code: StoredCode | None,
    zone: tzinfo,
    names: Names = NO_NAMES,
    today: date | None = None,
    undone: Mapping[int, int] = NONE_UNDONE,
) -> str:
    """Returns the answer to 卡密列表 with a code; `undone` are the entries that were taken back."""
    if code is None:
        return NO_SUCH_CODE
    last_day = code.terms.last_day
    if code.used is not None:
        at = code.used.at.astimezone(zone)
        state = f"{at:%Y-%m-%d %H:%M} 由 {label(code.used.by, names)} 用掉，记录号 {code.used.entry}"
        state += _undone(undone.get(code.used.entry))
    elif code.is_revoked or code.batch_state is not BatchState.ACTIVE:
        state = "已作废"
    elif today is not None and last_day is not None and last_day < today:
        state = "没人用，已过期"
    else:
        state = "还没用"
    return f"这个卡密是第 {code.batch} 批的（{code.terms}{_until(code.terms)}），{state}。"


def revoked_batches(revoked: Sequence[RevokedBatch]) -> str:
    """Returns the answer to 作废卡密 with the numbers of several batches."""
    return "\n".join(
        revoked_batch(one) if one.revoked else f"第 {one.number} 批没有还没用的卡密，不用作废。"
        for one in revoked
    )


def revoked_batch(revoked: RevokedBatch) -> str:
    """Returns the answer to 作废卡密 with the number of a batch."""
    text = f"已作废第 {revoked.number} 批没用的 {revoked.revoked} 张。"
    if not revoked.used:
        return text
    return text + (
        f"用掉的 {revoked.used} 张不受影响；要收回时间，"
        f"发“卡密列表 {revoked.number}”找到记录号，再发“撤销 记录号”。"
    )


def revoked_code(code: StoredCode, zone: tzinfo) -> str:
    """Returns the answer to 作废卡密 with a code; `code` is as it was before."""
    if code.used is not None:
        day = code.used.at.astimezone(zone).date().isoformat()
        return (
            f"这个卡密（第 {code.batch} 批）已在 {day} 由 {code.used.by} 用掉，没法作废。"
            f"要收回时间请发“撤销 {code.used.entry}”。"
        )
    if code.is_revoked:
        return f"这个卡密（第 {code.batch} 批）之前已经作废了。"
    return f"已作废这个卡密（第 {code.batch} 批）。"


def revoked_codes(codes: Sequence[StoredCode | None], zone: tzinfo) -> str:
    """Returns the answer to 作废卡密 with codes, a line each."""
    return numbered([NO_SUCH_CODE if code is None else revoked_code(code, zone) for code in codes])


def numbered(lines: Sequence[str]) -> str:
    """Returns what is said of codes, in the order in which they were typed: so many as were read as codes."""
    if len(lines) == 1:
        return lines[0]
    return "\n".join([f"认出 {len(lines)} 个卡密：", *(f"{at}. {line}" for at, line in enumerate(lines, 1))])


def for_another(account: str) -> str:
    """Returns the answer to a superuser's 兑换 for somebody else."""
    return (
        "没有兑换：卡密只给发它的人兑换，不能代别人兑换。"
        f"请把卡密私聊给 {account}，让本人发给我；要直接开通发“开通 {account} 1年”。自己用就只发“兑换 卡密”。"
    )


def _undone(entry: int | None) -> str:
    return "" if entry is None else f"，已由第 {entry} 号撤销（卡密不退回）"


def _batch_line(batch: CodeBatch, zone: tzinfo) -> str:
    day = batch.at.astimezone(zone).date().isoformat()
    remark = quoted(batch.terms.note, MOST_NOTE) if batch.terms.note else ""
    return f"{batch.number} 批 {day} {batch.size} 张 {batch.terms}{remark}{_until(batch.terms)}"


def _counts(batch: CodeBatch) -> str:
    if batch.state is BatchState.PENDING:
        return "还没发到，没有启用"
    if not batch.was_active:
        return "没有发到，已作废"
    return f"未用 {batch.unused}，已用 {batch.used}，作废 {batch.revoked}"


def _until(terms: CodeTerms) -> str:
    return "" if terms.last_day is None else f"，最后兑换日 {terms.last_day.isoformat()}"


def _reason(refused: Refused) -> str:
    return _REASONS.get(refused.reason, "QQ 没有接受")

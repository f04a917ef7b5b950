"""Words the answers about accounts: transfers, notes, and what is stored about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from jianggao.membership.administration import MembershipChange
from jianggao.membership.transfer_request_store import VALID, TransferRequest
from jianggao.membership.transfer_requests import RequestStep
from jianggao.outbound.send_outcomes import SendOutcome
from jianggao.people.names import LONGEST_NAME, LONGEST_NOTE, KnownPerson, Names, label
from jianggao.personal_data.personal_rows import StoredAbout, TableCount
from jianggao.text.quoting import quoted

from ..shared_texts import reached

IN_PRIVATE = "换号请私聊我发；还不是好友的，请先加我为好友。"
DATA_IN_PRIVATE = "这是你自己的数据，请私聊我发；还不是好友的，请先加我为好友。"
ASK_FIRST = "请先发“删除我的数据”，看清删什么、留什么，十分钟内再发“删除我的数据 确认”。"
NOTE_GONE = "你们写的备注"
_NOT_LISTED = "别人的举报和溯源里是否提到你，这里不列；要了解请问管理员。"
_IN_MEMORY = "检索过什么不存；翻到第几页这类只在内存里，十分钟就没了。日志里有 QQ 号和时间，没有你说的话。"
_IN_BACKUPS = "备份里的旧数据，随旧备份到期一起删。"
_ANSWERS = "我给管理员的答复里可能有你的号、名字和备注：送到就清掉文字，没送到的等送到或列给管理员以后清掉。"
_LEDGER_NOTES = "会员记录里管理员写的备注可能提到你（比如姓名），内容只给管理员看。"


# --- transfers ----------------------------------------------------------------------------------------------


def transferred(
    change: MembershipChange, names: Names, now: datetime, outcomes: Mapping[str, SendOutcome | None]
) -> str:
    """Returns the answer to 转移; `outcomes` says for both accounts what became of the private message to
    it, None if that isn't known yet."""
    old, new = change.entry.member, change.successor or ""
    until = None if change.successor_after is None else change.successor_after.valid_until
    text = (
        f"已把 {label(old, names)} 的会员转移到 {label(new, names)}，记录号 {change.entry.number}，"
        f"{new} 有效期至 {until}。{_had_before(new, change, now)}"
    )
    return "\n".join([text, *reached(outcomes), f"弄错了发“撤销 {change.entry.number}”。"])


def _had_before(new: str, change: MembershipChange, now: datetime) -> str:
    before = change.successor_before
    if before is None or before.valid_until is None:
        return f"{new} 原来没有会员。"
    if before.running(now):
        return f"{new} 原来到 {before.valid_until}，重叠的天数已接在后面。"
    return f"{new} 原来的会员到 {before.valid_until}。"


def moved_away(change: MembershipChange) -> str:
    """Returns what the old account reads of a transfer."""
    return (
        f"管理员已把你这个号的会员转移到 {change.successor}，这个号从现在起不再是会员。"
        f"不是你要求的，请马上联系管理员，报记录号 {change.entry.number}。"
    )


def moved_here(change: MembershipChange) -> str:
    """Returns what the new account reads of a transfer. It doesn't name the old one: an operator may have
    mistyped the new one, so that a stranger reads this."""
    until = None if change.successor_after is None else change.successor_after.valid_until
    return (
        f"管理员已把一份会员转移到你这个号，有效期至 {until}，发“我的会员”查看。"
        f"弄错了请联系管理员，报记录号 {change.entry.number}。"
    )


def step(done: RequestStep, account: str, named: str) -> str:
    """Returns the answer to 换号: to the member who asks, or to the new account that confirms."""
    if done is RequestStep.ASKED:
        return (
            f"请用 {named} 私聊我发：换号 {account}\n{VALID.days} 天内有效，确认后由管理员办理。"
            "不换了发“换号 取消”。"
        )
    if done is RequestStep.CONFIRMED:
        return f"确认了，已转给管理员：把 {named} 的会员换到你这个号。办好会私信两个号。不换了发“换号 取消”。"
    return "你已经确认过了，管理员办好会私信两个号。"


def cancelled(withdrawn: TransferRequest | None) -> str:
    """Returns the answer to 换号 取消."""
    if withdrawn is None:
        return "你没有在办的换号。"
    if withdrawn.confirmed_at is None:
        return "换号的申请已取消。"
    return "换号的申请已取消；管理员已经看到过，如果还是办了，请直接告诉管理员。"


def request_notice(old: str, new: str, names: Names) -> str:
    """Returns what superusers read when both accounts have asked for a transfer."""
    return (
        f"{label(old, names)} 申请换到 {label(new, names)}，两个号都确认了。同意请发：\n转移 {old} {new} 换号\n"
        "账号可能被盗，拿不准请先问本人。"
    )


# --- notes --------------------------------------------------------------------------------------------------


def noted(account: str, names: Names, before: str) -> str:
    """Returns the answer to 备注; `before` is the note that was there."""
    if account in names and names[account].note:
        was = f"原来的备注是{quoted(before, LONGEST_NOTE)}。" if before else ""
        return f"已记下 {label(account, names)}。{was}"
    if before:
        return f"已去掉 {label(account, names)} 的备注{quoted(before, LONGEST_NOTE)}。"
    return f"{label(account, names)} 没有备注。要写备注，发“备注 {account} 文字”。"


def not_a_note(account: str, words: str) -> str:
    """Returns what is answered to words that say that a note is to go, and would be the note."""
    return (
        f"{quoted(words, LONGEST_NOTE)}没有记成备注。"
        f"要去掉备注，只发“备注 {account}”；真要记这几个字，请写得更全一些。"
    )


# --- one's own data -----------------------------------------------------------------------------------------


def own_data(data: StoredAbout, zone: tzinfo) -> str:
    """Returns the answer to 我的数据."""
    lines = ["我存着的你的数据：", _name_line(data.person)]
    if data.person is not None and data.person.note:
        lines.append("· 管理员写的备注：有，内容只给管理员看")
    lines += [_count_line(count, zone) for count in data.counts]
    if _has_ledger(data):
        lines.append(_LEDGER_NOTES)
    return "\n".join(
        [*lines, _ANSWERS, _IN_MEMORY, _NOT_LISTED, _IN_BACKUPS, "要删可以删的，发“删除我的数据”。"]
    )


def _name_line(person: KnownPerson | None) -> str:
    if person is None:
        return "· 昵称和群名片：没有存"
    parts = [f"昵称{quoted(person.nickname, LONGEST_NAME)}"] if person.nickname else []
    if person.card:
        parts.append(f"群名片{quoted(person.card, LONGEST_NAME)}")
    if person.seen_on is not None:
        parts.append(f"{person.seen_on.isoformat()} 看到的")
    # The note is the operators' word on the person, perhaps a suspicion: its owner learns only that it is there.
    return f"· {'，'.join(parts)}" if parts else "· 昵称和群名片：没有存"


def _count_line(count: TableCount, zone: tzinfo) -> str:
    text = f"· {count.table.what}：{count.rows} {count.table.unit}"
    if count.first is None or count.last is None:
        return text
    first, last = (f"{at.astimezone(zone):%Y-%m-%d}" for at in (count.first, count.last))
    return f"{text}，{first}" + ("" if first == last else f" 至 {last}")


def before_deletion(data: StoredAbout, *, is_member: bool) -> str:
    """Returns what 删除我的数据 says before anything is deleted; `is_member`: whether the membership is in force."""
    goes = [count.table.what for count in data.counts if count.table.is_deletable]
    if data.person is not None:
        goes.insert(0, "昵称、群名片和备注")
    kept = [
        f"· {count.table.what}（{count.rows} {count.table.unit}）：{count.table.kept_because}"
        for count in data.counts
        if not count.table.is_deletable
    ]
    unfinished = "没办完的对话和里面的材料"
    lines = [
        f"会删：{'、'.join(goes)}，还有{unfinished}。删了找不回来。"
        if goes
        else f"存着的里面没有可删的；会丢掉的只有{unfinished}。"
    ]
    lines += ["会留：", *kept] if kept else []
    return "\n".join(
        [
            *lines,
            _ANSWERS,
            _NOT_LISTED,
            _IN_BACKUPS,
            _membership_goes_on(is_member) + "以后再发命令，会重新记下昵称。",
            "确定要删，十分钟内发“删除我的数据 确认”。",
        ]
    )


def deleted(gone: Mapping[str, int], left: StoredAbout, superuser: bool, *, is_member: bool) -> str:
    """Returns the answer when the data are deleted; `gone` says how many rows of what, by its name, `left` what
    is stored still."""
    what = "、".join(f"{name.partition('（')[0]} {rows} 条" for name, rows in gone.items() if rows)
    text = f"已删除：{what}。" if what else "没有可删的了。"
    kept = [count.table.what for count in left.counts if not count.table.is_deletable]
    if kept:
        text += f"还留着：{'、'.join(kept)}。"
    if superuser:
        text += "你办过的事留在操作记录里。"
    if _has_ledger(left):
        text += _LEDGER_NOTES
    return text + _membership_goes_on(is_member) + _ANSWERS + _IN_BACKUPS


def _membership_goes_on(is_member: bool) -> str:
    return "会员照常用。" if is_member else ""


def _has_ledger(data: StoredAbout) -> bool:
    return any(count.table.name == "ledger" for count in data.counts)


def imports_dropped(account: str, numbers: Sequence[int]) -> str:
    """Returns what superusers read when somebody who stands in imports that wait to be confirmed had the data
    deleted."""
    which = "、".join(str(number) for number in numbers)
    return (
        f"{account} 删除了自己的数据。等着确认的第 {which} 份导入里有他，已作废，什么也没导入。"
        "还要导入，请发“导入会员”重新发表格。"
    )


def note_gone(account: str, note: str, copies: Sequence[str] = ()) -> str:
    """Returns what superusers read when somebody had the data deleted, the operators' note with them; `copies` are
    the accounts that it had followed by a transfer, or come from."""
    also = f"（{'、'.join(copies)} 上同一条也是）" if copies else ""
    again = "、".join(f"“备注 {noted} 文字”" for noted in (copies or (account,)))
    return (
        f"{account} 删除了自己的数据，{NOTE_GONE}{quoted(note, LONGEST_NOTE)}也一起删了{also}。"
        f"还要用，请再发{again}。"
    )

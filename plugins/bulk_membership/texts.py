"""Words the answers of the imports and exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from jianggao.bulk_membership.columns import EXAMPLE
from jianggao.bulk_membership.dry_run import EffectKind, LineEffect
from jianggao.bulk_membership.import_undoing import UndoneImport
from jianggao.bulk_membership.imports import ChangedEffect, DoneImport, DryRun, Overtaken
from jianggao.bulk_membership.member_rows import ReadLines
from jianggao.outbound.send_outcomes import Delivered, RefusalReason, Refused, SendOutcome
from jianggao.text.quoting import quoted

_SHOWN = 10
"""Lines of each kind that an answer shows; all of them stand in the workbook."""
_LONGEST_NAME = 20
"""Characters of a heading or a sheet's name."""
_LONGEST_COMMAND = 40
"""Characters of a command that is repeated."""

IN_PRIVATE = "会员名单是别人的资料，导入请在这里私聊做：发“导入会员”，再把表格发来。"
SEND_IT = (
    "把表格发来（.xlsx 或 CSV，最多 5000 行），或直接粘贴。表头要有 QQ 和时长（或到期日），可以有开始、备注、订单号；"
    f"商城订单表认买家留言里的 QQ 号。{EXAMPLE}\n先给你看预演，确认了才办。不导了发“取消”。"
)
NOTHING_TO_READ = "这条里没有表格。请发 .xlsx 或 CSV 文件，或把表格粘贴过来；不导了发“取消”。"
STILL_WAITING = "改好了把表格再发一次就行；不导了发“取消”。"
ONE_AT_A_TIME = "一次导入一份。请把表格一份一份地发。"
NO_MEMBERS = "还没有会员，没有可导出的。发“开通 QQ号 时长”或“导入会员”开通。"
PAYMENT_UNTOLD = "注意：表里没有订单状态这样的列，付没付款、退没退款从表里看不出来，请自己核对过再确认。"
REFUSED = "不导入"
_KINDS = {EffectKind.NEW: "新开通", EffectKind.EXTENDED: "续期", EffectKind.REFUSED: REFUSED}


def effect_kind(kind: EffectKind) -> str:
    """Returns what a line does, in a word."""
    return _KINDS[kind]


def remark(effect: LineEffect) -> str:
    """Returns what the operator should know of a line that is imported, "" for nothing."""
    remarks = (
        ("停用着，恢复后才能看", effect.is_suspended),
        ("已过期", effect.is_over),
        (effect.line.remark, bool(effect.line.remark)),
    )
    return "，".join(words for words, holds in remarks if holds)


def dry_run(found: DryRun) -> str:
    """Returns the answer to a table."""
    read = found.read
    refused = _refused(found)
    given = [effect for effect in found.effects if not effect.is_refused]
    if found.number is None:
        lines = [f"没有一行能导入，什么也没有存（共 {len(refused)} 行）。"]
    else:
        lines = [
            f"第 {found.number} 份：可导入 {len(given)} 行（{_counts(given)}），{_not_imported(refused)}。"
        ]
    if found.imported_before is not None:
        lines.append(_imported_before(found.imported_before, given))
    lines += _columns(read) if read else []
    if read and read.is_payment_untold and given:
        lines.append(PAYMENT_UNTOLD)
    lines += _listed("将办：", [_effect_line(effect) for effect in given])
    lines += _listed("不能导入：", [f"第 {number} 行：{reason}" for number, reason in refused])
    if found.number is None:
        lines.append("请改好再发“导入会员”。")
    else:
        lines.append(_what_to_do(found.number))
    return "\n".join(lines)


def confirmed(result: DoneImport | Overtaken) -> str:
    """Returns the answer to 确认导入."""
    if isinstance(result, Overtaken):
        return _overtaken(result)
    first, last = result.first_entry, result.last_entry
    return (
        f"已导入第 {result.number} 份：{len(result.effects)} 行（{_counts(result.effects)}），"
        f"记录号 {_from_to(first, last)}。"
        f"发“操作记录”查看，办错的发“撤销 记录号”，整份办错的发“撤销导入 {result.number}”。"
    )


def undone(result: UndoneImport) -> str:
    """Returns the answer to 撤销导入."""
    told = (
        f"已撤销第 {result.number} 份导入的 {len(result.undone)} 行，"
        f"记录号 {_from_to(result.first_undo, result.last_undo)}。"
    )
    if result.before:
        told += f"另有 {result.before} 行早已撤销。"
    if result.has_orders:
        told += "其中的订单不会再导入，要补办请用“开通”。"
    return told + "发“操作记录”查看。"


def no_table(typed: str) -> str:
    """Returns the answer to 导入会员 with a single line behind it, which has no header."""
    return (
        f"导入会员后面的{quoted(typed.strip(), _LONGEST_COMMAND)}不是表格，没有办。只办一个人发“开通 QQ号 时长”；"
        "有表格的先发“导入会员”，再把表格发来。"
    )


def waiting_for_table(typed: str) -> str:
    """Returns the answer to another command within the conversation."""
    command = quoted(typed.strip().partition("\n")[0], _LONGEST_COMMAND)
    return f"正在等表格：{command}没有办。先发“取消”，再发{command}。"


def dropped(number: int) -> str:
    """Returns the answer to 放弃导入."""
    return f"第 {number} 份已作废，什么也没有导入。"


def dry_run_file(found: DryRun) -> str:
    """Returns the name of the workbook with every line's effect."""
    return "导入预演.xlsx" if found.number is None else f"导入预演{found.number}.xlsx"


def members_file(now: datetime) -> str:
    """Returns the name of the workbook of all members."""
    return f"会员名单{now:%Y-%m-%d}.xlsx"


def ledger_file(year: int) -> str:
    """Returns the name of the workbook of a year's ledger."""
    return f"操作记录{year}.xlsx"


def no_entries(year: int) -> str:
    """Returns the answer to 导出操作记录 of a year without entries."""
    return f"{year} 年没有操作记录。发“操作记录”看最近的。"


def file_sent(what: str, outcome: SendOutcome) -> str:
    """Returns what became of an exported workbook."""
    if isinstance(outcome, Delivered):
        return f"{what}已发到私聊。里面是别人的资料，请只自己留着。"
    if isinstance(outcome, Refused):
        return f"{what}没有发出去：{_why(outcome)}。"
    return f"{what}不确定发到了没有。没有收到就再发一次命令。"


def details_not_sent(outcome: SendOutcome) -> str:
    """Returns what to add to an answer whose workbook didn't arrive for sure; "" where it did."""
    if isinstance(outcome, Delivered):
        return ""
    if isinstance(outcome, Refused):
        return f"\n（逐行的明细表没有发出去：{_why(outcome)}。）"
    return "\n（逐行的明细表不确定发到了没有。）"


def _why(refused: Refused) -> str:
    reasons = {
        RefusalReason.NOT_A_FRIEND: "请先加我为好友",
        RefusalReason.ACCOUNT_LIMITED: "机器人的账号暂时被 QQ 限制",
        RefusalReason.NO_SUCH_CALL: "这个 QQ 实现不能发文件",
    }
    return reasons.get(refused.reason, "请过一会儿再试")


def _overtaken(result: Overtaken) -> str:
    lines = [f"第 {result.number} 份没有导入：预演之后情况变了，有 {len(result.changed)} 行不一样。"]
    lines += _listed("变了的：", [_change_line(change) for change in result.changed])
    anew = result.anew
    if anew.number is None:
        lines.append("现在没有一行能导入了。第几行为什么，见上；要导入请改好再发“导入会员”。")
        return "\n".join(lines)
    given = [effect for effect in anew.effects if not effect.is_refused]
    refused = len(anew.effects) - len(given)
    besides = f"，{refused} 行不能导入" if refused else ""
    lines.append(f"已重新预演为第 {anew.number} 份：可导入 {len(given)} 行（{_counts(given)}）{besides}。")
    lines.append(_what_to_do(anew.number))
    return "\n".join(lines)


def _change_line(change: ChangedEffect) -> str:
    line = change.now.line
    return f"第 {line.number} 行 {line.account}：原来{_effect(change.was)}，现在{_effect(change.now)}"


def _effect_line(effect: LineEffect) -> str:
    return f"第 {effect.line.number} 行 {effect.line.account}：{_effect(effect)}"


def _effect(effect: LineEffect) -> str:
    if effect.is_refused:
        return f"不能导入（{effect.reason}）"
    is_new = effect.kind is EffectKind.NEW
    what = f"新开通，{_starts(effect.line.starts_on)}" if is_new else _extended(effect)
    remarks = f"（{remark(effect)}）" if remark(effect) else ""
    return f"{what}有效期至 {effect.valid_until}{remarks}"


def _starts(day: date | None) -> str:
    return f"从 {day.isoformat()} 起，" if day else ""


def _extended(effect: LineEffect) -> str:
    """Returns what a line does to somebody who has time: whether its own first day counts depends on what
    there is."""
    named = effect.line.starts_on
    if effect.valid_until != effect.before:
        if named is None or effect.first_day == named:
            return f"已有会员到 {effect.before}，{_starts(named) or '顺延，'}"
        return f"已有会员到 {effect.before}，不从 {named.isoformat()} 起，顺延，"
    if effect.is_over or effect.first_day is None:
        return "那段时间已经过去，不加时间，"
    return f"已有会员到 {effect.before}，这次加的是 {effect.first_day} 到 {effect.first_until}，"


def _refused(found: DryRun) -> list[tuple[int, str]]:
    """Returns the numbers of the rows of which nothing is given, and why, in their order."""
    refused = [(effect.line.number, effect.reason) for effect in found.effects if effect.is_refused]
    refused += [(line.number, line.reason) for line in found.read.refused] if found.read else []
    return sorted(refused)


def _imported_before(number: int, given: Sequence[LineEffect]) -> str:
    """Returns what to say of a file that was imported before: what has an order's number isn't given twice."""
    before = f"注意：同样的文件已作为第 {number} 份导入过"
    again = sum(not effect.line.order for effect in given)
    if again:
        return f"{before}，再导入，没有订单号的 {again} 行就是再给一次。"
    return f"{before}，办过的订单不会再给。"


def _from_to(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _counts(given: Sequence[LineEffect]) -> str:
    new = sum(effect.kind is EffectKind.NEW for effect in given)
    counts = (("新开通", new), ("续期", len(given) - new))
    return "，".join(f"{what} {count}" for what, count in counts if count)


def _not_imported(refused: Sequence[object]) -> str:
    return f"{len(refused)} 行不能导入" if refused else "没有不能导入的"


def _columns(read: ReadLines) -> list[str]:
    lines = [f"认出的列：{_names(read.used)}。"]
    if read.unused:
        lines[0] += f"没用到的列：{_names(read.unused)}。"
    if read.sheets_left_out:
        lines.append(f"只读了第一张工作表，没读：{_names(read.sheets_left_out)}。")
    return lines


def _names(names: Sequence[str]) -> str:
    shown = "、".join(quoted(name, _LONGEST_NAME) for name in names[:_SHOWN])
    return f"{shown} 等 {len(names)} 个" if len(names) > _SHOWN else shown


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    """Returns the first of some lines under a title; nothing where there are none."""
    every = list(lines)
    if not every:
        return []
    more = [f"……还有 {len(every) - _SHOWN} 行，见明细表。"] if len(every) > _SHOWN else []
    return [title, *every[:_SHOWN], *more]


def _what_to_do(number: int) -> str:
    return f"发“确认导入 {number}”全部办理，不办发“放弃导入 {number}”。24 小时内有效。"

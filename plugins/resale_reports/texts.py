"""Words the answers and notices of resale reports: to the reporter, and to the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from jianggao.membership.account_history import NO_HISTORIES, Histories, described, holder
from jianggao.membership.ledger import MemberState, Standing
from jianggao.outbound.send_outcomes import Delivered, Refused, SendOutcome
from jianggao.people.names import NO_NAMES, Names, label
from jianggao.resale_reports.case_decisions import LONGEST_REASON, NotPaid, ReopenedCase, Upheld
from jianggao.resale_reports.case_views import CaseList
from jianggao.resale_reports.conversation_steps import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    MAX_BYTES,
    MAX_BYTES_TOGETHER,
    MAX_CHARACTERS,
    MAX_PIECES,
    Draft,
    ReportStep,
    StepAnswer,
)
from jianggao.resale_reports.model import (
    Against,
    Case,
    CaseLine,
    Decision,
    DecisionKind,
    Evidence,
    Objection,
    PieceKind,
    Report,
    Status,
)
from jianggao.resale_reports.reward_doubts import PAID_DAYS, TOGETHER
from jianggao.text.quoting import is_cut, quoted

from ..shared_texts import reached

IN_PRIVATE = "举报请私聊我办理；还不是好友的，请先加我为好友。"
OVER = "刚才的举报已经提交，这条没有收进去。要补充，请再发一次“举报”，写同一个人，会并到一起。"
LOST = "机器人刚才重启过，你没办完的举报打不开了，没有提交。请重新发“举报”，再发一次材料。"
ENDED = "这次举报已经结束，这条没有收进去。要举报，请重新发“举报”。"
HAS_CODES = "材料里有卡密，没有收下：卡密谁看到都能用。请遮住再发。"
TOO_LARGE = f"一件最大 {MAX_BYTES // 1024 // 1024} MB，这条没有收下。请截取有关的部分再发。"

_WHO = "请告诉我是谁：对方的 QQ 号；不知道就写在哪里看到的（群号、店名、网址）。随时可发“取消”。"
_EVIDENCE = "请发材料：他发出的原文、截图或文件，可以分几条发，也可以转发聊天记录；原样的文字和文件最有用。发完写“完成”。"
_SHOWN = 60
_SHOWN_IN_LIST = 20
_SHOWN_WHOLE = 600
"""Characters of a text that fits into one message; a longer one is sent as a file, as it came."""
_THEIR_WORDS = "以下引号里是别人写的原话，不是机器人的话："
_STATUSES = {Status.OPEN: "待核实", Status.UPHELD: "已通过", Status.REJECTED: "已驳回"}
_KINDS = {PieceKind.TEXT: "文字", PieceKind.PICTURE: "图片", PieceKind.FILE: "文件"}
_DECISIONS = {DecisionKind.UPHOLD: "通过", DecisionKind.REJECT: "驳回", DecisionKind.REOPEN: "重审"}


# --- to the reporter ----------------------------------------------------------------------------------------


def step(result: ReportStep) -> str:
    """Returns the answer within the conversation."""
    pieces = len(result.draft.pieces)
    kept = f"已收到 {pieces} 件。" if pieces else ""
    return {
        StepAnswer.ASK_WHO: kept + _WHO,
        StepAnswer.ASK_EVIDENCE: _EVIDENCE,
        StepAnswer.TAKEN: f"{kept}还有就接着发，没有了请发“完成”。",
        StepAnswer.NOTHING_SENT: f"{kept}还有材料就接着发，没有了请发“完成”。",
        StepAnswer.NO_EVIDENCE: "还没有材料，没法核实。" + _EVIDENCE,
        StepAnswer.TOO_MANY: f"一次举报最多 {MAX_PIECES} 件，已有 {pieces} 件，这条没有收下。可以发“完成”了。",
        StepAnswer.TOO_LARGE: TOO_LARGE,
        StepAnswer.TOO_MUCH: f"图片和文件一共最多 {MAX_BYTES_TOGETHER // 1024 // 1024} MB，这条没有收下。"
        "请只发最要紧的。",
        StepAnswer.TOO_LONG: f"文字一共最多 {MAX_CHARACTERS} 字，已有 {result.draft.characters} 字，这条没有收下。",
    }[result.answer]


def reopened_conversation(draft: Draft) -> str:
    """Returns what a reporter reads after a restart in the middle of the conversation."""
    kept = f"已收到的 {len(draft.pieces)} 件材料都在" if draft.pieces else "还没有收到材料"
    asked = _WHO if not draft.about else "请接着发材料，没有了发“完成”。不想报了发“取消”。"
    return f"机器人刚才重启过，你没办完的举报还开着，{kept}。{asked}"


def filed(report: Report) -> str:
    """Returns the number, and what happens now. The same whether the report joined a case or not: who reports
    himself to find out learns nothing."""
    return (
        f"已收到你的举报，编号 {report.number}，谢谢。核实之后私信告诉你结果。"
        "查实的送一年会员；同一件事有几人举报，送给最先举报的人。你的 QQ 号只有管理员看得到。"
    )


def upheld_notice(report: Report, decided: Upheld) -> str:
    """Returns what a reporter reads of a case that holds."""
    text = f"你的举报（编号 {report.number}）查实了，谢谢你。"
    if decided.reward is None:
        return text + "按奖励的规则，这次没有送会员，请谅解。"
    if report != decided.case.first:
        return text + "这件事有人更早举报，奖励给了最先举报的人。"
    return text + f"送你一年会员，{_until(decided.reward.after)}。"


def rejected_notice(report: Report, reason: str, until: datetime | None, zone: tzinfo) -> str:
    """Returns what a reporter reads of a case that doesn't hold; `until`: when he may report again."""
    text = f"你的举报（编号 {report.number}）核实过了，这次没有成立：{quoted(reason, LONGEST_REASON)}。谢谢你留心。"
    return text + ("" if until is None else f"有新的情况，{_moment(until, zone)} 之后可以再报。")


def reopened_notice(report: Report, decided: ReopenedCase) -> str:
    """Returns what a reporter reads of a case that is opened again."""
    text = f"你的举报（编号 {report.number}）需要重新核实，有了结果再告诉你。"
    if report == decided.case.first and decided.taken_back is not None:
        text += f"之前送的一年会员先收回，{_until(decided.taken_back.after)}。给你添麻烦了。"
    return text


def _until(state: MemberState) -> str:
    return "现在没有会员" if state.valid_until is None else f"有效期至 {state.valid_until.isoformat()}"


# --- to the operator ----------------------------------------------------------------------------------------


def case_list(found: CaseList, zone: tzinfo, names: Names = NO_NAMES) -> str:
    """Returns the answer to 举报列表."""
    page = found.page
    if not page.total:
        return "还没有举报。"
    head = f"共 {page.total} 件举报，{found.open} 件待核实，第 {page.number}/{page.pages} 页："
    lines = [head, *(_case_line(line, zone, names) for line in page.items)]
    if page.number < page.pages:
        lines.append(f"发“举报列表 {page.number + 1}”看下一页。")
    return "\n".join([*lines, "发“查看举报 编号”看材料。"])


def _case_line(line: CaseLine, zone: tzinfo, names: Names) -> str:
    others = f" 等 {line.reporters} 人" if line.reporters > 1 else ""
    whom = label(line.accused, names) if line.accused else quoted(line.first.about, _SHOWN_IN_LIST)
    return (
        f"{line.first.number}. {line.first.at.astimezone(zone):%Y-%m-%d} {_STATUSES[line.status]} "
        f"{label(line.first.reporter, names)}{others} 举报 {whom}，材料 {line.evidence} 件"
    )


def case(
    shown: Case,
    related: Sequence[int],
    doubtful: Sequence[Objection],
    zone: tzinfo,
    known: Histories = NO_HISTORIES,
) -> str:
    """Returns the answer to 查看举报: what the program found stands first, and only below it what people
    wrote. `known` has the names and transfers of the accounts in it."""
    lines = [f"举报 {shown.number}（{_STATUSES[shown.status]}）"]
    if shown.finding is not None:
        lines += [f"溯源（{_moment(shown.finding.at, zone)}）：", shown.finding.finding.report]
        lines += _who_that_is(shown.finding.finding.accused, known, zone)
    if related:
        lines.append(f"同一账号或同样材料的还有：举报 {'、'.join(map(str, related))}。")
    if shown.status is Status.OPEN:
        lines += [f"存疑：{_objection(objection, shown, zone)}。" for objection in doubtful]
    lines += [_next(shown, doubtful=bool(doubtful)), _THEIR_WORDS]
    lines += [_report_line(report, zone, known) for report in shown.reports]
    lines.append(f"材料 {len(shown.evidence)} 件，发“查看举报 {shown.number}.1”看第 1 件：")
    lines += [_evidence_line(place, piece, shown.number) for place, piece in enumerate(shown.evidence, 1)]
    lines += [_decision_line(decision, zone) for decision in shown.decisions]
    return "\n".join(lines)


def evidence(case: int, place: int, piece: Evidence) -> str | None:
    """Returns a text among the evidence, as a whole; None if it doesn't fit, and must be sent as a file."""
    if is_cut(piece.text, _SHOWN_WHOLE):
        return None
    return f"举报 {case} 的第 {place} 件材料，举报人发来的文字：\n{quoted(piece.text, _SHOWN_WHOLE)}"


def _who_that_is(accused: str | None, known: Histories, zone: tzinfo) -> list[str]:
    """Returns who the account is that tracing points to, and who has its subscription now. The stored finding
    has numbers alone, since names may be deleted, and is from before later transfers."""
    if accused is None or (who := described(accused, known, zone)) == accused:
        return []
    now = holder(accused, known)
    moved = "" if now == accused else f"。要停用，停的是现在的号：\n停用 {now} 转卖会员资料"
    return [f"{who}{moved}"]


def _report_line(report: Report, zone: tzinfo, known: Histories) -> str:
    number = "" if report.number == report.case else f"（编号 {report.number}，并入）"
    who = described(report.reporter, known, zone)
    return f"{_moment(report.at, zone)} {who}{number} 举报：{quoted(report.about, LONGEST_ABOUT)}"


def _evidence_line(place: int, piece: Evidence, case: int) -> str:
    """Returns one line on a piece of evidence. It names the report that the piece came with where that joined
    the case later: the first reporter, who is rewarded, may have sent nothing."""
    whose = "" if piece.report == case else f"（编号 {piece.report}）"
    if piece.kind is PieceKind.TEXT:
        return f"{place}. {whose}文字 {piece.size} 字：{quoted(piece.text, _SHOWN)}"
    size = -(-piece.size // 1024)
    return f"{place}. {whose}{_KINDS[piece.kind]} {quoted(piece.name, LONGEST_NAME)}（{size} KB）"


def _decision_line(decision: Decision, zone: tzinfo) -> str:
    entry = "" if decision.entry is None else f"，记录号 {decision.entry}"
    reason = f"：{quoted(decision.reason, LONGEST_REASON)}" if decision.reason else ""
    return f"{_moment(decision.at, zone)} {decision.by} {_DECISIONS[decision.kind]}{entry}{reason}"


def _next(shown: Case, *, doubtful: bool) -> str:
    if shown.status is Status.OPEN and doubtful:
        return (
            f"有存疑，“通过举报 {shown.number}”不会送一年：查清了再送，发“通过举报 {shown.number} 仍奖励 原因”；"
            f"不送发“通过举报 {shown.number} 不奖励”；不成立发“驳回举报 {shown.number} 原因”（原因会转告举报人）。"
        )
    if shown.status is Status.OPEN:
        return f"发“通过举报 {shown.number}”，或“驳回举报 {shown.number} 原因”（原因会转告举报人）。"
    return f"要改结论，发“重审 {shown.number}”。"


def upheld(
    decided: Upheld,
    outcomes: Mapping[str, SendOutcome | None],
    zone: tzinfo,
    known: Histories = NO_HISTORIES,
) -> str:
    """Returns the answer to 通过举报; `outcomes` says for each reporter what became of his notice, None if
    that isn't known yet. `known` has the names and transfers of the accounts in it."""
    lines = [f"举报 {decided.case.number} 已通过。"]
    if decided.reward is None:
        lines.append("没有奖励。")
    else:
        change, entry = decided.reward, decided.reward.entry
        suspended = "（现在会员已停用）" if change.after.suspended else ""
        lines.append(
            f"已奖励 {described(entry.member, known, zone)} 一年，"
            f"记录号 {entry.number}，{_until(change.after)}{suspended}。"
        )
    lines += reached(outcomes, "举报人 ")
    if decided.named is not None:
        lines += [
            f"要停用 {described(decided.named, known, zone)}，由你决定；"
            "账号可能被他人使用，请先听本人说明。可复制下一行：",
            f"停用 {holder(decided.named, known)} 转卖会员资料",
        ]
    return "\n".join(lines)


def not_paid(refused: NotPaid, zone: tzinfo) -> str:
    """Returns the answer to 通过举报 where something stands against the reward; nothing was changed."""
    number = refused.case.number
    return "\n".join(
        [
            f"举报 {number} 没有通过，什么也没改，因为：",
            *(f"· {_objection(objection, refused.case, zone)}" for objection in refused.objections),
            f"仍要奖励：通过举报 {number} 仍奖励 原因（原因记进操作记录）",
            f"通过但不奖励：通过举报 {number} 不奖励",
        ]
    )


def _objection(objection: Objection, about: Case, zone: tzinfo) -> str:
    if objection.against is Against.SELLER_PAID_FOR:
        return f"这个卖家已经在举报 {objection.case} 奖励过，一个卖家只奖励一次"
    if objection.against is Against.REWARDED_LATELY and objection.at is not None:
        return f"举报人 {about.first.reporter} 在 {_moment(objection.at, zone)} 得过奖励，365 天内只奖励一次"
    if objection.against is Against.FIRST_NAMES_NOBODY:
        return f"最先举报的 {about.first.reporter} 发的材料单独认不出人，认出人的是后来并入的材料"
    if objection.against is Against.SELLER_HARDLY_PAID:
        return (
            f"{objection.seller} 付费的时间一共 {objection.days} 天，不到 {PAID_DAYS} 天，"
            "可能是买短期会员、再用另一个号举报自己来换一年"
        )
    if (
        objection.against is Against.APPEARED_TOGETHER
        and objection.at is not None
        and objection.reporter_at is not None
    ):
        return (
            f"{objection.seller}（{objection.at.astimezone(zone):%Y-%m-%d}）和举报人 {about.first.reporter}"
            f"（{objection.reporter_at.astimezone(zone):%Y-%m-%d}）第一次出现前后不到 {TOGETHER.days} 天，可能是同一个人"
        )
    if objection.against is Against.REPORTER_IS_ACCUSED:
        return "举报人就是被举报的账号，或者会员在这两个号之间转移过"
    return "溯源没有认定是哪个会员（要有强线索）"


def rejected(case: Case, outcomes: Mapping[str, SendOutcome | None]) -> str:
    """Returns the answer to 驳回举报; `outcomes` as for `upheld`."""
    return "\n".join([f"举报 {case.number} 已驳回。", *reached(outcomes, "举报人 ")])


def reopened(decided: ReopenedCase, outcomes: Mapping[str, SendOutcome | None]) -> str:
    """Returns the answer to 重审; `outcomes` as for `upheld`."""
    lines = [f"举报 {decided.case.number} 已重开。"]
    if decided.taken_back is not None:
        entry = decided.taken_back.entry
        standing = decided.taken_back.after.standing(entry.at)
        state = "" if standing in (Standing.ACTIVE, Standing.NEVER) else "，现在不是有效会员"
        lines.append(
            f"奖励已收回（撤销记录 {entry.target}，记录号 {entry.number}）：{entry.member} "
            f"{_until(decided.taken_back.after)}{state}。"
        )
    return "\n".join([*lines, *reached(outcomes, "举报人 ")])


def missing(count: int) -> str:
    """Returns the answer where pictures and files that were taken aren't on the disk any more."""
    return f"前面收下的图片和文件有 {count} 件找不到了，举报还没有提交。请重发那 {count} 件，再发“完成”。"


def evidence_full(megabytes: int) -> str:
    """Returns what superusers read when there is no room for evidence."""
    return (
        f"举报材料快占满 {megabytes} MB 了，新的图片和文件收不下。要多留地方，把 .env 里的 EVIDENCE_MB 改大再重启；"
        "已提交的材料不会删。一天最多提醒一次。"
    )


def evidence_sent(name: str, outcome: SendOutcome) -> str:
    """Returns what became of a picture or file that the operator wanted to see."""
    if isinstance(outcome, Delivered):
        return f"{name} 已发给你。"
    return (
        f"{name} 没有发出去，请再发一次。" if isinstance(outcome, Refused) else f"{name} 不确定发到了没有。"
    )


def _moment(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

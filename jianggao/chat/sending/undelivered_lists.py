"""Words the lists of answers that weren't given, for superusers."""

from __future__ import annotations

from jianggao.outbound.outbox_store import AnswerState, StoredAnswer
from jianggao.text.quoting import quoted

MOST_LISTED = 20
"""Answers in one list; others follow in further ones."""
_SHOWN = 100
"""Characters of an answer in a list: what was done, for whom, by which entry of the ledger."""
_SHOWN_OF_REPORT = 600
"""Characters of an answer of several lines: what an import found can't be read anywhere else so soon."""
_HEADS = {
    AnswerState.WAITING: "已办但没来得及回复：",
    AnswerState.REFUSED: "已办，回复没有发出去：",
    AnswerState.UNKNOWN: "不确定有没有发到：",
}


def listed(shown: list[StoredAnswer], more: int = 0) -> str:
    """Returns the list of these answers by state; `more` of them follow in further lists."""
    lines = []
    for state, head in _HEADS.items():
        of_state = [stored for stored in shown if stored.state is state]
        lines += [head, *map(_line, of_state)] if of_state else []
    if more:
        lines.append(f"还有 {more} 条，接着发。")
    return "\n".join(lines)


def _line(stored: StoredAnswer) -> str:
    answer = stored.answer
    if stored.delivery is not None:
        return f"· {answer.command}（{answer.asker} 要的），可能已经发到，请本人看看"
    excerpt = quoted(answer.text, _SHOWN_OF_REPORT if "\n" in answer.text else _SHOWN)
    if answer.is_notice:
        return f"· {answer.command}：没能确定告诉 {answer.person}，请另外转告：{excerpt}"
    where = f"在群 {answer.group} " if answer.group is not None else ""
    return f"· {answer.command}（{answer.asker} {where}发的）：{excerpt}"

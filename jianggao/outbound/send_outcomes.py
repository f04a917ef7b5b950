"""Classifies what became of a send, by the answers that real OneBot implementations give (docs/rules.md,
Sending).

What follows when QQ refuses stands where it happens: a group rests for a while (`HOLD_AFTER`, kept by
`outbound/queue.py`), what must be said is tried again (`KEPT_BACK`, by `chat/sending/outbox_delivery.py`),
the group is told why nothing came (`chat/sending/replies.py`), and the text doesn't count against the day
(`reading/delivery_settlement.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class RefusalReason(Enum):
    """Why a send was definitely not made; the numbers are QQ's result codes."""

    NOT_A_FRIEND = 16
    REMOVED = 110
    MUTED = 120
    GROUP_RATE = 299
    ACCOUNT_LIMITED = 46
    NO_SUCH_CALL = 1404
    EXPIRED = -1
    """The send waited too long in our own queue."""
    NOT_ALLOWED = -2
    """The texts in it may no longer be shown."""
    LINE_DOWN = -3
    """No account was connected when its turn had come: nothing of it was written."""
    STOPPED = -4
    """The bot stops: nothing of it was written."""
    NOT_STORED = -5
    """That it was about to leave could not be stored, so it didn't."""
    ALREADY_BEGUN = -6
    """The same answer is being sent, or was: this one didn't leave."""
    NOT_JUDGED = -7
    """Whether it may still be shown could not be read for the moment, so it didn't leave."""
    OTHER = 0


@dataclass(frozen=True, slots=True)
class Delivered:
    """It arrived; `message_id` where the call gives one."""

    message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It did not leave."""

    reason: RefusalReason
    after_a_part: bool = False
    """Whether it is the rest that did not leave: of a long text that goes in several messages some had
    arrived."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have arrived. Never sent again blindly."""


KEPT_BACK = frozenset(
    {
        RefusalReason.LINE_DOWN,
        RefusalReason.STOPPED,
        RefusalReason.NOT_STORED,
        RefusalReason.NOT_JUDGED,
        RefusalReason.EXPIRED,
        RefusalReason.GROUP_RATE,
    }
)
"""Refusals that may be over soon: what must be said is tried again."""

HOLD_AFTER = {
    RefusalReason.GROUP_RATE: 60.0,
    RefusalReason.MUTED: 600.0,
    RefusalReason.REMOVED: 86_400.0,
}
"""Seconds in which nothing more is tried in a group after such a refusal: to go on trying costs the
account."""

SendOutcome = Delivered | Refused | Unknown


def is_tried_again(outcome: SendOutcome) -> bool:
    """Returns whether the send was refused for a reason that may be over soon."""
    return isinstance(outcome, Refused) and outcome.reason in KEPT_BACK


_RESULT = re.compile(r"result\D{0,4}(\d{1,9})", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"timeout|time out|超时|EventRet|waitForSelfEcho", re.IGNORECASE)
# Codes below 1 are our own reasons: QQ never answers with them.
_BY_CODE = {reason.value: reason for reason in RefusalReason if reason.value > 0}


def classify_failure(info: Mapping[str, object]) -> SendOutcome:
    """Returns the outcome of a call that an implementation answered as failed (`retcode`, `message`,
    `wording` …)."""
    if info.get("retcode") in (1404, "1404", 404):
        return Refused(RefusalReason.NO_SUCH_CALL)
    text = " ".join(str(info.get(name, "")) for name in ("message", "wording", "msg"))
    # NapCat and Lagrange put QQ's own code into the words: “EventChecker Failed: … "result": 120”.
    code = _RESULT.search(text)
    if code is not None and int(code[1]) in _BY_CODE:
        return Refused(_BY_CODE[int(code[1])])
    # The call went out and its answer didn't come back: it may have arrived.
    if _AMBIGUOUS.search(text):
        return Unknown()
    return Refused(RefusalReason.OTHER)

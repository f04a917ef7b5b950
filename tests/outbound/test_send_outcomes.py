"""What answers of real implementations mean; how long texts are cut."""

from __future__ import annotations

import pytest

from jianggao.outbound.send_outcomes import RefusalReason, Refused, SendOutcome, Unknown, classify_failure


@pytest.mark.parametrize(
    ("info", "outcome"),
    [
        (
            {"retcode": 1200, "message": "EventChecker Failed: {result: 16, errMsg: ''}"},
            Refused(RefusalReason.NOT_A_FRIEND),
        ),
        ({"retcode": 1200, "message": 'sendMsg result "110"'}, Refused(RefusalReason.REMOVED)),
        ({"retcode": 1200, "wording": "发送失败 result=120"}, Refused(RefusalReason.MUTED)),
        ({"retcode": 1200, "wording": "result: 299"}, Refused(RefusalReason.GROUP_RATE)),
        ({"retcode": 1200, "wording": "result: 46"}, Refused(RefusalReason.ACCOUNT_LIMITED)),
        ({"retcode": 1404, "message": "API not found"}, Refused(RefusalReason.NO_SUCH_CALL)),
        ({"retcode": "1404"}, Refused(RefusalReason.NO_SUCH_CALL)),
        ({"retcode": 1200, "message": "Timeout: NTEvent serviceAndMethod"}, Unknown()),
        ({"retcode": 1200, "message": "发送超时"}, Unknown()),
        ({"retcode": 100, "message": ""}, Refused(RefusalReason.OTHER)),
        ({}, Refused(RefusalReason.OTHER)),
    ],
)
def test_failures(info: dict[str, object], outcome: SendOutcome) -> None:
    assert classify_failure(info) == outcome

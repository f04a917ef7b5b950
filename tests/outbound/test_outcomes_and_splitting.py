"""What answers of real implementations mean; how long texts are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jianggao.outbound.outcomes import RefusalReason, Refused, SendOutcome, Unknown, classify_failure
from jianggao.outbound.splitting import FORWARD, NODE, forwards, split


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


@given(st.text(alphabet="渠水。；，\n人", max_size=4_000), st.integers(5, 300))
def test_pieces_are_short_and_make_up_the_text(text: str, longest: int) -> None:
    pieces = split(text, longest)
    assert all(0 < len(piece) <= longest for piece in pieces)
    assert "".join(pieces).replace("\n", "") == text.replace("\n", "")


def test_paragraphs_are_kept_whole_where_they_fit() -> None:
    paragraphs = ["渠" * 400, "水" * 500, "人" * 300]
    assert split("\n".join(paragraphs)) == ["\n".join(paragraphs[:2]), paragraphs[2]]


def test_forwards_hold_thirty_thousand_characters_each() -> None:
    batches = forwards("渠水" * 40_000)
    assert all(sum(map(len, nodes)) <= FORWARD for nodes in batches)
    assert all(len(node) <= NODE for nodes in batches for node in nodes)
    assert "".join(node for nodes in batches for node in nodes) == "渠水" * 40_000

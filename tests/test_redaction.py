"""No token or secret leaves through the log, however it is written there."""

from __future__ import annotations

import json
from urllib.parse import quote, unquote

import pytest

from jianggao.redaction import make_redactor, secrets_in

TOKEN = "s3cret/with+signs&<tags>'"
VALUES = {
    "ONEBOT_ACCESS_TOKEN": TOKEN,
    "ONEBOT_SECRET": "another one",
    "ONEBOT_WS_URLS": json.dumps(["ws://user:passw0rd@nas:1/?access_token=in-the%20address&x=1"]),
}


def test_secrets_are_read_from_all_settings_that_hold_one() -> None:
    assert secrets_in(VALUES) >= {TOKEN, "another one", "passw0rd", "in-the address"}
    assert secrets_in({"ONEBOT_WS_URLS": "ws://[", "ONEBOT_ACCESS_TOKEN": "x"}) == frozenset()


@pytest.mark.parametrize(
    "before_the_at", ["a-token-as-user", "a-token-as-user:", "user:p%40ssword", "us%65rname:x"]
)
def test_what_stands_before_the_at_of_an_address_is_hidden(before_the_at: str) -> None:
    address = f"ws://{before_the_at}@nas:1/"
    hide = make_redactor(secrets_in({"ONEBOT_WS_URLS": json.dumps([address])}))
    written = f"connecting to {address} as a-token-as-user, p@ssword, username"
    named = before_the_at.partition(":")
    secret = unquote(named[2] if len(named[2]) > 5 else named[0])
    assert secret not in unquote(hide(written))


@pytest.mark.parametrize(
    "written", [TOKEN, quote(TOKEN, safe=""), json.dumps(TOKEN), repr(TOKEN), f"{[TOKEN]}"]
)
def test_a_secret_is_hidden_in_every_form(written: str) -> None:
    assert "s3cret" not in make_redactor(secrets_in(VALUES))(f"something {written} else")


@pytest.mark.parametrize(
    "line",
    [
        "GET /onebot/v11/ws?access_token=mistyped HTTP/1.1",
        "ws://x/?a=1&access_token=mistyped&b=2",
        "/ws?access_token%3Dmistyped",
        "> Authorization: Bearer mistyped",
        "> authorization: mistyped",
        "headers={'Authorization': 'Bearer mistyped'}",
        "{'onebot_access_token': 'mistyped', 'port': 1}",
        '{"onebot_secret": "mistyped"}',
        "X-Signature: sha1=mistyped",
        "Bearer mistyped",
    ],
)
def test_whatever_is_named_a_token_is_hidden(line: str) -> None:
    hidden = make_redactor(())(line)
    assert "mistyped" not in hidden and "***" in hidden


def test_the_rest_of_a_line_stays() -> None:
    hide = make_redactor(secrets_in(VALUES))
    for line in ("import finished: 24 speeches", "10001 connected", "{'port': 8080, 'host': '127.0.0.1'}\n"):
        assert hide(line) == line
    assert "'port': 1" in hide("{'onebot_access_token': 'mistyped', 'port': 1}")

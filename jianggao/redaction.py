"""Keeps tokens and secrets out of the log, whoever writes them there and at whatever level.

NoneBot logs its whole configuration at DEBUG, and libraries log addresses with their query. So secrets are
taken out of whole lines, at the place that all lines pass (`jianggao/chat/logs/setup.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

REDACTED = "***"
"""What stands in a line in place of a secret."""
_SHORTEST = 6
"""Shorter values are ordinary words of the log, and are not searched for; beside a name of `_NAMED` they go
too."""
_SECRET_SETTINGS = ("ONEBOT_ACCESS_TOKEN", "ONEBOT_SECRET", "ONEBOT_V11_ACCESS_TOKEN", "ONEBOT_V11_SECRET")
_NAMED = re.compile(
    r"""(?ix) ( (?:access_?token | secret | x-signature | authorization) ["']? \s* (?:[=:]|%3[da]) \s* )
        ( "[^"\n]*" | '[^'\n]*' | (?:(?:bearer|token)\s+)? [^\s,&;'"}\])]+ )"""
)
"""A value behind a name that says what it is: in a query (also percent-encoded), a header, JSON, or a repr of
a dict."""
_BEARER = re.compile(r"(?i)(bearer\s+)[^\s,;'\"}\])]+")


def secrets_in(values: Mapping[str, str]) -> frozenset[str]:
    """Return what must not be logged of settings by name: tokens and secrets, and of addresses in
    ONEBOT_WS_URLS the query, its values, and what stands before the @. Values under six characters are left
    out."""
    secrets = {values.get(name, "").strip() for name in _SECRET_SETTINGS}
    for address in _addresses(values.get("ONEBOT_WS_URLS", "")):
        try:
            parts = urlsplit(address)
        except ValueError:  # no address: NoneBot refuses it by name
            continue
        credentials = {parts.username or "", parts.password or ""}
        # Libraries log them as they stand in the address, or decoded.
        secrets |= credentials | {unquote(text) for text in credentials}
        secrets |= {value for _, value in parse_qsl(parts.query)} | {parts.query}
    return frozenset(secret for secret in secrets if len(secret) >= _SHORTEST)


def make_redactor(secrets: Iterable[str]) -> Callable[[str], str]:
    """Return a function that replaces in a text, by REDACTED, the `secrets` in each form in which libraries
    write them, and everything that is named a token."""
    forms = {form for secret in secrets for form in _forms(secret)}
    # Longest first: a secret may begin with another one. (?!) matches nothing.
    known = re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or "(?!)")

    def redact(text: str) -> str:
        without = known.sub(REDACTED, text)
        return _BEARER.sub(rf"\1{REDACTED}", _NAMED.sub(rf"\1{REDACTED}", without))

    return redact


def _addresses(setting: str) -> list[str]:
    """Return the addresses in ONEBOT_WS_URLS: a JSON list, or one address as it is."""
    try:
        written = json.loads(setting or "[]")
    except ValueError:
        written = [setting]
    return [str(address) for address in written] if isinstance(written, list) else [str(written)]


def _forms(secret: str) -> set[str]:
    """Return a secret as addresses, JSON, Python's repr and loguru (which escapes `<`) write it."""
    quoted = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    return {secret, *quoted, json.dumps(secret)[1:-1], repr(secret)[1:-1], secret.replace("<", r"\<")}

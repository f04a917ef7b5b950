"""Keeps tokens and secrets out of the log, whoever writes them there and at whatever level.

NoneBot logs its whole configuration at DEBUG, libraries log addresses with their query; so what is taken out is taken out
of whole lines, where all of them pass (`jianggao/chat/logs/setup.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl, quote, quote_plus, unquote, urlsplit

HIDDEN = "***"
_SHORTEST = 6
"""Shorter values are ordinary words of the log; their names beside them hide them."""
_SECRET_SETTINGS = ("ONEBOT_ACCESS_TOKEN", "ONEBOT_SECRET", "ONEBOT_V11_ACCESS_TOKEN", "ONEBOT_V11_SECRET")
_NAMED = re.compile(
    r"""(?ix) ( (?:access_?token | secret | x-signature | authorization) ["']? \s* (?:[=:]|%3[da]) \s* )
        ( "[^"\n]*" | '[^'\n]*' | (?:(?:bearer|token)\s+)? [^\s,&;'"}\])]+ )"""
)
_BEARER = re.compile(r"(?i)(bearer\s+)[^\s,;'\"}\])]+")


def secrets_in(values: Mapping[str, str]) -> frozenset[str]:
    """All that must not be logged: tokens, secrets, and what stands in the query or before the @ of an address."""
    found = {values.get(name, "").strip() for name in _SECRET_SETTINGS}
    for address in _addresses(values.get("ONEBOT_WS_URLS", "")):
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        found |= {value for _, value in parse_qsl(parts.query)} | {
            parts.username or "",
            parts.password or "",
            parts.query,
        }
        found |= {unquote(one) for one in (parts.username, parts.password) if one}
    return frozenset(one for one in found if len(one) >= _SHORTEST)


def hider(secrets: Iterable[str]) -> Callable[[str], str]:
    """What takes `secrets`, as they are or as libraries write them, and everything named a token out of a text."""
    forms = {form for one in secrets for form in _forms(one)}
    known = re.compile("|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or "(?!)")

    def hide(text: str) -> str:
        without = known.sub(HIDDEN, text)
        return _BEARER.sub(rf"\1{HIDDEN}", _NAMED.sub(rf"\1{HIDDEN}", without))

    return hide


def _addresses(setting: str) -> list[str]:
    try:
        given = json.loads(setting or "[]")
    except ValueError:
        given = [setting]
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


def _forms(secret: str) -> set[str]:
    """A secret as addresses, JSON and Python's repr write it."""
    quoted = {quote(secret, safe=""), quote(secret), quote_plus(secret)}
    return {secret, *quoted, json.dumps(secret)[1:-1], repr(secret)[1:-1], secret.replace("<", r"\<")}

"""The version, which stands once: in pyproject.toml."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

_PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def version() -> str:
    """Of the project beside this code; of the installed package where there is no such file."""
    try:
        found = re.search(r'(?m)^version = "([^"]+)"', _PROJECT.read_text("utf-8"))
        return found[1] if found is not None else metadata.version("jianggao-bot")
    except (OSError, metadata.PackageNotFoundError):
        return "unknown"

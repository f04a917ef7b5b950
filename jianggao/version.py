"""Returns the version of the program, which is written once: in pyproject.toml."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from jianggao.install_paths import IS_INSTALLED, PROJECT

_DISTRIBUTION = "jianggao-bot"
_UNKNOWN = "unknown"


def version() -> str:
    """Returns the version of this checkout or of the installed package; "unknown" where neither can be
    read."""
    if IS_INSTALLED:
        return _installed_version()
    return _version_in(PROJECT / "pyproject.toml") or _installed_version()


def _version_in(project_file: Path) -> str | None:
    """Returns the version that a pyproject.toml states, or None. Python 3.10 has no parser of TOML."""
    try:
        line = re.search(r'(?m)^version = "([^"]+)"', project_file.read_text("utf-8"))
    except OSError:
        return None
    return line[1] if line is not None else None


def _installed_version() -> str:
    try:
        return metadata.version(_DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return _UNKNOWN

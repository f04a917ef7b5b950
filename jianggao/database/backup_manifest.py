"""The manifest beside a backup: what was written, when, by which version, and hashes of it (docs/rules.md, Backups).

`bot.db` has `bot.db.manifest.json`. It ends with a keyed seal of all that it says.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jianggao.clock import from_text, to_text
from jianggao.errors import BackupDamaged

SUFFIX = ".manifest.json"
FORMAT = 1
_LABEL = b"jianggao backup manifest"
_EARLIEST, _LATEST = 1, 9999
"""Years in which no moment can be told in every zone."""
_PIECE = 1 << 20
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: datetime
    program: str
    """The version of the program that wrote it."""
    by_hand: bool
    """Whether somebody asked for it; else it is one of the daily ones."""
    name: str
    """The name of the database's file."""
    size: int
    sha256: str
    keys: Mapping[str, str]
    """Ids of the keys that lie beside it, by the names of their files."""
    key_sha256: Mapping[str, str]
    ledger: str
    """The keyed hash of all its ledger rows (`seals`)."""
    holds: Mapping[str, Any] = field(default_factory=dict)
    """What is in it, in figures."""

    @property
    def of_database(self) -> str:
        """What tells the backups of one database from another's: the id of its previews key, which is never renewed."""
        return next((named for name, named in self.keys.items() if name.endswith(".previews.key")), "")


def manifest_file(backup_file: Path) -> Path:
    """Where the manifest of a backup lies."""
    return backup_file.with_name(backup_file.name + SUFFIX)


def write_manifest(path: Path, manifest: Manifest, codes_key: bytes) -> None:
    """Write it, sealed with a key derived from the codes key."""
    said = _as_json(manifest)
    said["seal"] = _seal(said, codes_key)
    path.write_bytes(_rendered(said))


def read_manifest(backup_file: Path) -> Manifest | None:
    """The manifest beside a backup; None where there is none. Raises BackupDamaged when it can't be read as one."""
    path = manifest_file(backup_file)
    try:
        return _from_json(_said(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BackupDamaged(f"备份的清单 {path} 读不懂，可能被改动过。请换一个备份。") from None


def is_sealed(backup_file: Path, codes_key: bytes) -> bool:
    """Whether the manifest beside a backup is as it was written, by somebody who has its keys."""
    path = manifest_file(backup_file)
    said = _said(path)
    if path.read_bytes() != _rendered(said):
        return False
    seal = str(said.pop("seal", ""))
    return hmac.compare_digest(seal.encode(), _seal(said, codes_key).encode())


def sha256_of(path: Path, is_stopped: Callable[[], bool] = lambda: False) -> str:
    """The hash of a file's bytes, read in pieces. Ends early, with a hash of no use, when it is stopped."""
    running = hashlib.sha256()
    with path.open("rb") as file:
        while (piece := file.read(_PIECE)) and not is_stopped():
            running.update(piece)
    return running.hexdigest()


def _said(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        said = json.loads(file.read(_LARGEST))
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("no manifest of ours")
    return said


def _rendered(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": to_text(manifest.made_at),
        "program": manifest.program,
        "by_hand": manifest.by_hand,
        "database": {"name": manifest.name, "bytes": manifest.size, "sha256": manifest.sha256},
        "keys": {
            name: {"id": named, "sha256": manifest.key_sha256[name]} for name, named in manifest.keys.items()
        },
        "ledger": manifest.ledger,
        "holds": dict(manifest.holds),
    }


def _from_json(said: Mapping[str, Any]) -> Manifest:
    database, keys = said["database"], said["keys"]
    made_at = from_text(said["made_at"])
    if made_at.tzinfo is None or not _EARLIEST < made_at.year < _LATEST:
        raise ValueError("a moment without its zone, or of no calendar")
    if not all(str(one["sha256"]).isascii() for one in (database, *keys.values())):
        raise ValueError("no hash")
    return Manifest(
        made_at=made_at,
        program=str(said["program"]),
        by_hand=bool(said["by_hand"]),
        name=str(database["name"]),
        size=int(database["bytes"]),
        sha256=str(database["sha256"]),
        keys={str(name): str(key["id"]) for name, key in keys.items()},
        key_sha256={str(name): str(key["sha256"]) for name, key in keys.items()},
        ledger=str(said["ledger"]),
        holds=dict(said["holds"]),
    )


def _seal(said: Mapping[str, Any], codes_key: bytes) -> str:
    plain = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "replace"
    )
    return hmac.digest(hmac.digest(codes_key, _LABEL, hashlib.sha256), plain, hashlib.sha256).hex()

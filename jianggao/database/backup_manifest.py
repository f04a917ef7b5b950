"""Writes and reads the manifest beside a backup: what was written, when, by which version, with hashes
(docs/rules.md, Backups).

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
"""How the name of a manifest continues the name of the backup."""
FORMAT = 1
"""The version of the manifest's JSON."""
_LABEL = b"jianggao backup manifest"
"""Keeps the key of manifests apart from the other keys that are derived from the codes key."""
_EARLIEST, _LATEST = 1, 9999
"""The first and the last year: a moment in them can't be expressed in every time zone."""
_PIECE = 1 << 20
_LARGEST = 1 << 20
"""Bytes of a manifest that are read at most."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a manifest."""

    made_at: datetime
    """When the backup was made, with its time zone."""
    program: str
    """The version of the program that wrote it."""
    by_hand: bool
    """Whether somebody asked for the backup; otherwise it is a daily one."""
    name: str
    """The name of the database's file."""
    size: int
    """Bytes of the copied database."""
    sha256: str
    """The hash of the copied database, in hexadecimal digits."""
    keys: Mapping[str, str]
    """Ids of the keys that lie beside the copy, by the names of their files."""
    key_sha256: Mapping[str, str]
    """Hashes of the key files, by their names."""
    ledger: str
    """The keyed hash of all rows of the ledger (`backups.ledger_seals`)."""
    holds: Mapping[str, Any] = field(default_factory=dict)
    """Figures of what the backup contains, such as the number of speeches."""

    @property
    def database_id(self) -> str:
        """The id that all backups of one database share: that of its previews key, which is never renewed.
        Empty without such a key."""
        return next((named for name, named in self.keys.items() if name.endswith(".previews.key")), "")


def manifest_file(backup_file: Path) -> Path:
    """Returns the path of a backup's manifest."""
    return backup_file.with_name(backup_file.name + SUFFIX)


def write_manifest(path: Path, manifest: Manifest, codes_key: bytes) -> None:
    """Writes a manifest, sealed with a key that is derived from the codes key."""
    content = _as_json(manifest)
    content["seal"] = _seal(content, codes_key)
    path.write_bytes(_rendered(content))


def read_manifest(backup_file: Path) -> Manifest | None:
    """Returns the manifest beside a backup; None where there is none. Raises BackupDamaged if it can't be
    read as one."""
    path = manifest_file(backup_file)
    try:
        return _from_json(_read_content(path))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise BackupDamaged(f"备份的清单 {path} 读不懂，可能被改动过。请换一个备份。") from None


def is_sealed(backup_file: Path, codes_key: bytes) -> bool:
    """Returns whether the manifest beside a backup is as somebody with the codes key wrote it, byte for
    byte."""
    path = manifest_file(backup_file)
    content = _read_content(path)
    # Somebody who only moved a line or doubled a field would leave the seal fitting.
    if path.read_bytes() != _rendered(content):
        return False
    seal = str(content.pop("seal", ""))
    return hmac.compare_digest(seal.encode(), _seal(content, codes_key).encode())


def sha256_of(path: Path, is_stopped: Callable[[], bool] = lambda: False) -> str:
    """Returns the SHA-256 of a file in hexadecimal digits.

    The file is read in pieces; when `is_stopped` says so, reading ends early and the hash is of no use.
    """
    running = hashlib.sha256()
    with path.open("rb") as file:
        while (piece := file.read(_PIECE)) and not is_stopped():
            running.update(piece)
    return running.hexdigest()


def _read_content(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        content = json.loads(file.read(_LARGEST))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError("no manifest of ours")
    return content


def _rendered(content: Mapping[str, Any]) -> bytes:
    """Returns the bytes of a manifest's file. Names that aren't UTF-8 are written with replaced
    characters."""
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


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


def _from_json(content: Mapping[str, Any]) -> Manifest:
    database, keys = content["database"], content["keys"]
    made_at = from_text(content["made_at"])
    if made_at.tzinfo is None or not _EARLIEST < made_at.year < _LATEST:
        raise ValueError("a moment without its zone, or of no calendar")
    if not all(str(hashed["sha256"]).isascii() for hashed in (database, *keys.values())):
        raise ValueError("no hash")
    return Manifest(
        made_at=made_at,
        program=str(content["program"]),
        by_hand=bool(content["by_hand"]),
        name=str(database["name"]),
        size=int(database["bytes"]),
        sha256=str(database["sha256"]),
        keys={str(name): str(key["id"]) for name, key in keys.items()},
        key_sha256={str(name): str(key["sha256"]) for name, key in keys.items()},
        ledger=str(content["ledger"]),
        holds=dict(content["holds"]),
    )


def _seal(content: Mapping[str, Any], codes_key: bytes) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "replace"
    )
    return hmac.digest(hmac.digest(codes_key, _LABEL, hashlib.sha256), plain, hashlib.sha256).hex()

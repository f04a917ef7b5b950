"""A disk of a few megabytes or less, and one for reading alone, where this machine allows them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk_at(folder: Path, size: str) -> Iterator[Path]:
    """Mount a disk of this size (`2m`, `600k`) at a folder, until the block ends. Skips the test without the
    right."""
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no rights to mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextmanager
def not_to_be_written(folder: Path) -> Iterator[None]:
    """By its mode; where this user may write whatever the mode says, as a mount for reading alone."""
    folder.chmod(0o500)
    try:
        if not os.access(folder, os.W_OK):
            yield
            return
        subprocess.run(["mount", "--bind", folder, folder], capture_output=True)
        if subprocess.run(["mount", "-o", "remount,bind,ro", folder], capture_output=True).returncode:
            pytest.skip("this user may write everywhere, and has no rights to mount")
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", folder], check=True)
    finally:
        folder.chmod(0o700)


def fill(disk: Path) -> Path:
    """Write a file until nothing more goes on the disk; gives the file."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast

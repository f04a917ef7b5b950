"""Takes each rule out of a copy of the project and runs the tests that guard it: every one must fail.

Run by hand (`python tests/rules_taken_out.py [NAME …]`); takes some minutes. Exit code 1 names rules that
nobody guards.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from guarded_rules import RULES, Rule

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 240
"""Seconds for the tests of a rule."""
LANES = 2
"""Copies in which rules are taken out at the same time."""


def is_noticed(rule: Rule, folder: Path) -> bool:
    """Whether the tests fail without the rule; the copy is put right again."""
    file = folder / rule.file
    whole = file.read_text("utf-8")
    if whole.count(rule.stands) != 1:
        print(f"{rule.name}: its line isn't in {rule.file} any more", flush=True)
        return False
    file.write_text(whole.replace(rule.stands, rule.taken_out), "utf-8")
    try:
        code, said = _run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *rule.tests.split()],
            folder,
        )
    except subprocess.TimeoutExpired:
        print(f"{rule.name}: the tests hang without it", flush=True)
        return True  # nobody would overlook that
    finally:
        file.write_text(whole, "utf-8")
    if code not in (0, 1):
        print(f"{rule.name}: the tests did not run\n{said}", flush=True)
    return code == 1


def _run(command: Sequence[str], folder: Path) -> tuple[int, str]:
    """The exit code and output of a command. All that it started ends with it: without its rule something may
    not."""
    with (
        tempfile.TemporaryFile(
            "w+", encoding="utf-8"
        ) as said,  # a pipe would be waited for as long as anybody holds it
        subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        ) as process,
    ):
        try:
            code = process.wait(PATIENCE)
        finally:
            process.kill()
            if hasattr(os, "killpg"):
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        said.seek(0)
        return code, said.read()


def unnoticed_of(rules: Sequence[Rule]) -> list[str]:
    """The names of those rules that no test misses, each being told as it is known."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", "*.db*", "__pycache__"))
        unnoticed = []
        for rule in rules:
            noticed = is_noticed(rule, folder)
            print(f"{'noticed ' if noticed else 'UNNOTICED'}  {rule.name}", flush=True)
            if not noticed:
                unnoticed.append(rule.name)
    return unnoticed


def main() -> int:
    chosen = [rule for rule in RULES if len(sys.argv) < 2 or any(word in rule.name for word in sys.argv[1:])]
    lanes = [chosen[lane::LANES] for lane in range(LANES)]
    with ThreadPoolExecutor(LANES) as pool:
        unnoticed = [name for names in pool.map(unnoticed_of, lanes) for name in names]
    print(f"{len(chosen) - len(unnoticed)} of {len(chosen)} rules are guarded")
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())

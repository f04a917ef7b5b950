"""How the checks are run: what takes long runs in a process of its own, with the same findings."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool

import pytest
from doctor_cases import NOW, Patient

from jianggao.doctor import Finding, checks
from jianggao.doctor.finding import CheckContext
from jianggao.library.index import GRAM_TABLES

TERMS = next(check for check in checks.CHECKS if check.takes_long)


@pytest.mark.parametrize(
    "statements", [(), (f"UPDATE {GRAM_TABLES[0]}_data SET block = x'ff' WHERE id > 100",)]
)
async def test_a_process_of_its_own_finds_the_same(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, statements: tuple[str, ...]
) -> None:
    patient.edit(*statements)
    here = await patient.look()
    made_here = []
    run = checks.run
    monkeypatch.setattr(checks, "run", lambda check, case: made_here.append(check) or run(check, case))
    monkeypatch.setattr(checks, "MANY", 0)
    assert await patient.look() == here
    assert TERMS not in made_here and len(made_here) == len(checks.CHECKS) - 1
    assert bool(statements) == any(finding.wrong for finding in here)


async def test_where_the_process_is_ended_the_check_is_made_again(
    patient: Patient, caplog: pytest.LogCaptureFixture
) -> None:
    case = CheckContext(patient.settings, NOW)
    ended: Future[list[Finding]] = Future()
    ended.set_exception(BrokenProcessPool("ended"))
    assert checks._ended(TERMS, case, ended) == checks.run(TERMS, case)
    assert "ended with its process" in caplog.text
    case.close()

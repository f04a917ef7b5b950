"""The end comes in seconds, also where something does not let go."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from project_root import ROOT

_PROGRAM = """
import sys, re, signal, threading, time
sys.path.insert(0, {root!r})
from jianggao.chat.stopping import StopTimer

def asked(number, frame):
    {asked}

signal.signal(signal.SIGTERM, asked)
signal.signal(signal.SIGINT, asked)
StopTimer().watch_signals()
print("ready", flush=True)
while True:
    time.sleep(0.05)
"""
_GOES_ON = "a program that goes on"
_STEADFAST = {
    _GOES_ON: "pass",
    "a thread that is never done": "threading.Thread(target=lambda: [None for _ in iter(int, 1)]).start(); sys.exit(0)",
    "a pattern that holds the interpreter": "re.match('(a|aa)+$', 'a' * 60 + 'b')",
}


@pytest.mark.parametrize(
    ("what", "number"), [*((what, signal.SIGTERM) for what in _STEADFAST), (_GOES_ON, signal.SIGINT)]
)
def test_what_does_not_let_go_is_cut_off(what: str, number: signal.Signals) -> None:
    program = _PROGRAM.format(root=str(ROOT), asked=_STEADFAST[what])
    running = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        assert running.stdout is not None
        while b"ready" not in running.stdout.readline():
            assert running.poll() is None
        running.send_signal(number)
        assert running.wait(60) == 1
    finally:
        running.kill()
        running.wait()
        if running.stdout is not None:
            running.stdout.close()


def test_who_ends_by_himself_is_not_cut_off() -> None:
    program = _PROGRAM.format(root=str(ROOT), asked="sys.exit(0)")
    running = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT)
    assert running.stdout is not None
    while b"ready" not in running.stdout.readline():
        assert running.poll() is None
    running.send_signal(signal.SIGTERM)
    assert running.wait(60) == 0
    running.stdout.close()

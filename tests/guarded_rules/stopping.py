"""The end: within seconds, whatever does not let go."""

from __future__ import annotations

from guarded_rules.rule import Rule

_FORCED = "tests/chat/test_stopping.py"

RULES = (
    Rule(
        "a stop waits for the sends that have begun",
        "jianggao/outbound/queue.py",
        "        while self._leaving:\n            await asyncio.wait(set(self._leaving))",
        "        return",
        "tests/outbound/test_queue_line_and_stop.py",
    ),
    Rule(
        "a stop begins no further send",
        "jianggao/outbound/queue.py",
        "        if self._stopping:\n            return Refused(RefusalReason.STOPPED)",
        "        if False:\n            return Refused(RefusalReason.STOPPED)",
        "tests/outbound/test_queue_line_and_stop.py",
    ),
    Rule(
        "the time to end starts with the signal",
        "jianggao/chat/lifecycle.py",
        "        StopTimer(is_sending=self._is_sending, finish=self.finish_sends).watch_signals()",
        "        pass",
        "tests/end_to_end/test_stop_moments.py",
    ),
    Rule(
        "a step that holds the interpreter is cut off too",
        "jianggao/chat/stopping.py",
        "            faulthandler.dump_traceback_later(last, exit=True, file=sys.__stderr__)",
        "            pass",
        _FORCED,
    ),
    Rule(
        "the signal still does what it did",
        "jianggao/chat/stopping.py",
        "            return before(received, frame) if callable(before) else None",
        "            return None",
        _FORCED,
    ),
    Rule(
        "an import that is broken off ends its workers",
        "jianggao/library/preparation_workers.py",
        "            worker.kill()\n",
        "            pass\n",
        "tests/library/test_preparation_workers.py",
    ),
)

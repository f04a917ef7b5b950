"""The one seam to tracing: who asks for which case makes the `Trace` that reads its evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jianggao.resale_reports.model import Finding, Trace
from jianggao.tracing.accuse import Verdict
from plugins.gate import Request

Tracer = Callable[[Request, int], Trace]
NO_TRACING = "没有溯源可用，说不出是谁的副本。"


async def _name_nobody(texts: Sequence[str], files: Sequence[bytes]) -> Finding:
    """Where there is no tracing nobody is named, so that nothing is paid by rule."""
    return Finding(Verdict.CANNOT_TELL, None, False, NO_TRACING)


_tracer: Tracer = lambda request, case: _name_nobody  # noqa: E731


def set_tracer(tracer: Tracer) -> None:
    """What traces from now on."""
    global _tracer
    _tracer = tracer


def trace_for(request: Request, case: int) -> Trace:
    """The tracing of a case's evidence for this asker."""
    return _tracer(request, case)

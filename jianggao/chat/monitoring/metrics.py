"""Makes the page /metrics for Prometheus, if the setting METRICS is on. It holds counts and times alone;
labels are words of the bot's own: commands, outcomes, reasons, names of exceptions."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from nonebot import get_bots
from nonebot.adapters import Bot as BaseBot
from nonebot.adapters.onebot.v11.exception import ActionFailed, ApiNotAvailable
from nonebot.matcher import Matcher
from nonebot.message import run_postprocessor, run_preprocessor
from nonebot.typing import T_State
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from jianggao.chat.commands.request import STATE_KEY, Request
from jianggao.chat.connection.frames import dropped
from jianggao.chat.logs.setup import recent_errors
from jianggao.chat.monitoring.local_pages import LocalPage
from jianggao.chat.running_bot import get_running_bot
from jianggao.chat.services import ChatServices
from jianggao.counters import Counters
from jianggao.nonblocking_output import lost_lines

_BEGAN = "jianggao_began"
_BUCKETS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
_SENDS = ("send_", "upload_")


class _Counted(Collector):
    """Reads, when the page is asked for, what is counted elsewhere anyway."""

    def collect(self) -> Iterable[Metric]:
        """Returns one family for each kind of count. Before the start and after the end nothing waits, and no
        import is known."""
        services = _running_services()
        yield _family(
            "jianggao_dropped_frames", "Frames and events that could not be read.", "reason", dropped
        )
        yield _family("jianggao_errors", "Errors in the log.", "kind", recent_errors.since_start)
        yield _family(
            "jianggao_imports",
            "Imports of the library.",
            "result",
            Counters() if services is None else services.imports,
        )
        lost = CounterMetricFamily("jianggao_log_lines_lost", "Lines of the output that nobody read.")
        lost.add_metric([], lost_lines())
        yield lost
        yield GaugeMetricFamily(
            "jianggao_queue_waiting",
            "Sends that wait.",
            value=0 if services is None else services.senders.waiting,
        )
        yield GaugeMetricFamily("jianggao_accounts_online", "Accounts connected.", value=len(get_bots()))


def _running_services() -> ChatServices | None:
    try:
        return get_running_bot().services
    except RuntimeError:
        return None


def _family(name: str, about: str, label: str, counts: Counters) -> CounterMetricFamily:
    family = CounterMetricFamily(name, about, labels=[label])
    for kind, count in counts.by_kind().items():
        family.add_metric([kind], count)
    return family


class Metrics:
    """Counts commands and sends, and measures the time of answers, from `watch` on."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.registry = CollectorRegistry()
        self.registry.register(_Counted())
        ProcessCollector(registry=self.registry)
        self._commands = Counter(
            "jianggao_commands", "Commands that were handled.", ["command"], registry=self.registry
        )
        self._sends = Counter("jianggao_sends", "Sends by outcome.", ["outcome"], registry=self.registry)
        self._answer_time = Histogram(
            "jianggao_answer_seconds",
            "From a command's admission until its answer had left or was given up.",
            registry=self.registry,
            buckets=_BUCKETS,
        )

    def watch(self) -> None:
        """Counts every command and every send from now on."""
        run_preprocessor(self._begin)
        run_postprocessor(self._end)
        BaseBot.on_called_api(self._called)

    async def make(self) -> LocalPage:
        """Returns the page."""
        return LocalPage(generate_latest(self.registry), content_type=CONTENT_TYPE_LATEST)

    async def _begin(self, state: T_State) -> None:
        state[_BEGAN] = self._monotonic()

    async def _end(self, matcher: Matcher, state: T_State) -> None:
        request, began = state.get(STATE_KEY), state.get(_BEGAN)
        if isinstance(request, Request) and began is not None:
            self._commands.labels(request.parsed.command.name).inc()
            self._answer_time.observe(self._monotonic() - began)

    async def _called(
        self, bot: BaseBot, error: Exception | None, api: str, data: dict[str, object], result: object
    ) -> None:
        if api.startswith(_SENDS):
            self._sends.labels(_outcome(error)).inc()


def _outcome(error: Exception | None) -> str:
    if error is None:
        return "delivered"
    return "refused" if isinstance(error, (ActionFailed, ApiNotAvailable)) else "unknown"

"""Lists the pages that programs of this machine can ask for."""

from __future__ import annotations

from jianggao.chat.monitoring.health import HealthPage, watch_presence
from jianggao.chat.monitoring.local_pages import CachedPage, MakePage


def local_pages(*, metrics: bool) -> dict[bytes, MakePage]:
    """Returns the pages by their paths: /health always, /metrics by the setting. Call it once, when the
    driver is there."""
    watch_presence()
    pages: dict[bytes, MakePage] = {b"/health": CachedPage(HealthPage().make)}
    if metrics:
        from jianggao.chat.monitoring.metrics import (
            Metrics,  # costs memory and time that only this setting pays for
        )

        counted = Metrics()
        counted.watch()
        pages[b"/metrics"] = CachedPage(counted.make)
    return pages

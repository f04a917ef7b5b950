"""Runs NoneBot with the adapter, the hooks and the plugins that make up the bot."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

import nonebot
from nonebot.log import LoguruHandler

from jianggao.chat.connection.adapter import FilteringAdapter
from jianggao.chat.connection.listener import listening
from jianggao.chat.lifecycle import run_application
from jianggao.chat.logs.setup import log_discreetly
from jianggao.chat.monitoring.pages import local_pages
from jianggao.chat.receiving.event_hook import install_admission
from jianggao.chat.sending.bypass_guard import install_guard
from jianggao.chat.stopping import CONNECTIONS_CLOSE_IN
from jianggao.clock import Clock
from jianggao.errors import CannotStart
from jianggao.install_paths import PLUGIN_PACKAGE, PROJECT
from jianggao.settings import Settings

PLUGINS = (
    "groups",
    "search",
    "excerpts",
    "full_text",
    "tracing",
    "members",
    "redeem_codes",
    "trials",
    "statistics",
    "people",
    "bulk_membership",
    "resale_reports",
    "operations",
    "help",
)
"""The folders of `plugins`, in the order in which 帮助 lists their commands."""


def run(
    settings: Settings,
    clock: Clock,
    monotonic: Callable[[], float],
    nonebot_settings: dict[str, object],
    secrets: frozenset[str],
) -> None:
    """Runs NoneBot until it is stopped. `secrets` are kept out of the log.

    Raises CannotStart where a plugin is missing.
    """
    log_discreetly(secrets, settings.log_dir, clock)
    core = logging.getLogger("jianggao")
    core.addHandler(LoguruHandler())
    core.setLevel(logging.INFO)
    core.propagate = False
    nonebot.init(_env_file=("",), **nonebot_settings)
    load_plugins()
    driver = nonebot.get_driver()
    driver.register_adapter(FilteringAdapter)
    run_application(driver, settings, clock, monotonic)
    refuses = nonebot.get_adapter(FilteringAdapter).refuses
    pages = local_pages(metrics=settings.metrics)
    nonebot.run(**listening(refuses, pages), timeout_graceful_shutdown=CONNECTIONS_CLOSE_IN)


def load_plugins() -> None:
    """Installs the hooks that every message and every send passes, and loads all plugins. Raises CannotStart
    where one of them is missing: NoneBot itself would only log that it did not load."""
    install_guard()
    install_admission()
    if str(PROJECT) not in sys.path:
        # A checkout's plugins stand beside the package, and the bot may be started from another folder.
        sys.path.insert(0, str(PROJECT))
    wanted = {f"{PLUGIN_PACKAGE}.{name}" for name in PLUGINS}
    for name in PLUGINS:
        nonebot.load_plugin(f"{PLUGIN_PACKAGE}.{name}")
    missing = wanted - {plugin.module_name for plugin in nonebot.get_loaded_plugins()}
    if missing:
        raise CannotStart(f"插件没有载入：{'、'.join(sorted(missing))}。上面的日志写着原因。")

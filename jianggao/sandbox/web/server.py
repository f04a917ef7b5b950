"""Serves the sandbox's page on this machine alone, with a simulation in a folder of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import uvicorn

from jianggao.errors import CannotStart
from jianggao.install_paths import COMMAND
from jianggao.sandbox.bot_process import port_is_free
from jianggao.sandbox.own_folder import claim_folder
from jianggao.sandbox.simulation import Simulation, live_settings
from jianggao.sandbox.web.routes import LOOPBACK, make_application
from jianggao.text.quoting import for_shell

_LISTENING: dict[str, Any] = {
    "ws_max_size": 64 * 1024 * 1024,  # a file of 20 MB in base64, with room
    "http": "h11",
    "h11_max_incomplete_event_size": 16_384,
    "limit_concurrency": 100,
}

LARGEST_PORT = 65_535


def serve(host: str, port: int, folder: Path | None, home: Path) -> None:
    """Serves the page until it is stopped. `home` is where a live bot would be; without a `folder` the
    simulation gets one that is deleted afterwards.

    Raises CannotStart for another host, a port in use, or a folder that is not the sandbox's.
    """
    # The bot runs in that folder, and would look for a relative one within it.
    folder = None if folder is None else folder.absolute()
    if host not in LOOPBACK:
        raise CannotStart("沙盒只在本机运行，地址只能是 127.0.0.1。")
    if not port_is_free(port):
        other = port + 1 if port < LARGEST_PORT else port - 1
        where = "" if folder is None else f" --folder {for_shell(folder)}"
        raise CannotStart(f"端口 {port} 被占用。换一个：{COMMAND} --sandbox --port {other}{where}")
    with tempfile.TemporaryDirectory(prefix="jianggao-sandbox-") as temporary:
        if folder is not None:
            live = live_settings(home)
            claim_folder(folder, live.database_file, live.library_dir)
        simulation = Simulation(folder or Path(temporary), home=home)
        application = make_application(simulation, port)
        print(f"沙盒已启动：http://127.0.0.1:{port}/sandbox/ （按 Ctrl-C 结束）", flush=True)
        uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", **_LISTENING)

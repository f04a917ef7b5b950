"""The sandbox is served on this machine alone, on a free port; a live bot has none of it."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from project_root import ROOT

from jianggao.errors import CannotStart
from jianggao.sandbox.web import server
from jianggao.sandbox.web.server import serve

PORT = 8090


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::"])
def test_another_address_than_loopback_is_refused(host: str) -> None:
    with pytest.raises(CannotStart, match="本机"):
        serve(host, PORT, None, ROOT)


def test_a_live_bot_has_none_of_it() -> None:
    code = (
        "import sys, bot, jianggao.chat.run\n"
        "beside = ('jianggao.sandbox', 'jianggao.benchmarks', 'jianggao.doctor')\n"
        "loaded = [name for name in sys.modules if name.startswith(beside)]\n"
        "assert not loaded, loaded\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_a_port_in_use_is_refused_with_another(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        with pytest.raises(CannotStart, match=f"端口 {port} 被占用.*--port {port + 1}"):
            serve("127.0.0.1", port, tmp_path / "folder", ROOT)
    assert not (tmp_path / "folder").exists()


def test_a_folder_named_from_here_is_the_same_for_the_bot_that_runs_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []

    def note(folder: Path, *, home: Path) -> None:
        folders.append(folder)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(server, "Simulation", note)
    monkeypatch.setattr(server, "make_application", lambda simulation, port: None)
    monkeypatch.setattr(server.uvicorn, "run", lambda *args, **options: None)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    serve("127.0.0.1", port, Path("rel"), tmp_path)
    assert folders == [tmp_path / "rel"]

"""Nobody but the page itself drives the sandbox: hosts, origins and tokens are checked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from jianggao.sandbox.simulation import Simulation
from jianggao.sandbox.web.routes import make_application

PORT = 8090
HOST = f"127.0.0.1:{PORT}"
ORIGIN = f"http://{HOST}"
TOKEN = "the-page's-own-token"


class SimulationWithoutBot(Simulation):
    """A stage without a bot: what is tested here is who gets in."""

    async def open(self) -> None:
        self.ready = True


@pytest.fixture
def application(tmp_path: Path) -> FastAPI:
    return make_application(SimulationWithoutBot(tmp_path), PORT, TOKEN, browse=False)


@pytest.fixture
def client(application: FastAPI) -> TestClient:
    return TestClient(application, base_url=ORIGIN)


def test_the_page_has_its_token_and_its_policy(client: TestClient) -> None:
    with client:
        page = client.get("/sandbox/")
    assert page.status_code == 200 and TOKEN in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize(
    "host", ["evil.example:8090", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:8090", ""]
)
def test_another_host_is_refused(client: TestClient, host: str) -> None:
    for path in ("/sandbox/", "/sandbox/page/app.js", f"/sandbox/file/f1?token={TOKEN}"):
        assert client.get(path, headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    ("token", "headers"),
    [
        ("", {"origin": ORIGIN}),
        ("wrong", {"origin": ORIGIN}),
        ("口令", {"origin": ORIGIN}),
        (TOKEN, {"origin": "http://evil.example"}),
        (TOKEN, {"origin": f"http://evil.example:{PORT}"}),
        (TOKEN, {"origin": "null"}),
        (TOKEN, {"origin": ORIGIN, "host": "evil.example:8090"}),
        (TOKEN, {}),
    ],
)
def test_the_websocket_lets_only_the_page_in(client: TestClient, token: str, headers: dict[str, str]) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect(f"/sandbox/ws?token={token}", headers=headers),
    ):
        pass


def test_the_page_itself_gets_in(client: TestClient) -> None:
    with (
        client,
        client.websocket_connect(
            f"/sandbox/ws?token={TOKEN}", headers={"origin": ORIGIN, "host": HOST}
        ) as line,
    ):
        assert line.receive_json()["type"] == "state"


@pytest.mark.parametrize(
    "command",
    [
        {},
        [],
        "say",
        {"do": "fly"},
        {"do": "say"},
        {"do": "say", "as": "30001", "chat": "group:../../etc", "text": "x"},
        {"do": "say", "as": "30001", "chat": "group:1", "text": "x"},
        {"do": "file", "as": "30001", "chat": "private:30001", "name": "x", "content": "%%"},
        {"do": "advance", "days": -5},
        {"do": "advance", "days": 1e9},
        {"do": "fault", "name": "earthquake"},
        {"do": "replay", "yaml": "steps: ["},
    ],
)
def test_odd_commandes_get_one_line_and_the_line_stays(client: TestClient, command: Any) -> None:
    with (
        client,
        client.websocket_connect(
            f"/sandbox/ws?token={TOKEN}", headers={"origin": ORIGIN, "host": HOST}
        ) as line,
    ):
        line.receive_json()
        line.send_json(command)
        answer = line.receive_json()
        while answer["type"] == "state":
            answer = line.receive_json()
        assert answer["type"] == "error" and answer["text"]
        line.send_json({"do": "clear_faults"})
        assert line.receive_json()["type"] == "faults"


def test_every_file_that_the_page_links_is_served(client: TestClient) -> None:
    files = re.findall(r'"(/sandbox/page/[^"]+)"', client.get("/sandbox/").text)
    assert {Path(file).name for file in files} == {"style.css", "chat.css", "panel.css", "app.js"}
    assert [client.get(file).status_code for file in files] == [200] * len(files)


def test_no_file_but_the_pages(client: TestClient) -> None:
    for path in ("../server.py", "..%2Fserver.py", "%2e%2e/server.py", "none.js", ".env"):
        assert client.get(f"/sandbox/page/{path}").status_code == 404
    assert client.get("/sandbox/file/f1?token=wrong").status_code == 404
    assert client.get(f"/sandbox/file/none?token={TOKEN}").status_code == 404
    assert client.get("/docs").status_code == 404

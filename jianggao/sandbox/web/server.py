"""The page's server: static files, downloads, and one WebSocket that shows the stage and acts on it.

On loopback alone. A random token guards the WebSocket and the downloads; Host and Origin are checked, so that a page
from elsewhere can't drive it, not even by DNS rebinding.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import tempfile
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import uvicorn
from fastapi import FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from jianggao.errors import CannotStart
from jianggao.layout import COMMAND
from jianggao.sandbox.bot_process import port_is_free
from jianggao.sandbox.own_folder import settle_in
from jianggao.sandbox.simulation import Simulation, live_settings
from jianggao.sandbox.web.director import Director

PAGE = Path(__file__).with_name("page")
LOOPBACK = ("127.0.0.1", "localhost")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_LISTENING: dict[str, Any] = {
    "ws_max_size": 64 * 1024 * 1024,
    "http": "h11",
    "h11_max_incomplete_event_size": 16_384,
    "limit_concurrency": 100,
}

logger = logging.getLogger(__name__)


def serve(host: str, port: int, folder: Path | None, home: Path) -> None:
    """Run until stopped. Raises CannotStart for another host, a port in use, or a folder that isn't the sandbox's."""
    if host not in LOOPBACK:
        raise CannotStart("沙盒只在本机运行，地址只能是 127.0.0.1。")
    if not port_is_free(port):
        raise CannotStart(f"端口 {port} 被占用。换一个：{COMMAND} --sandbox --port {port + 1}")
    with tempfile.TemporaryDirectory(prefix="jianggao-sandbox-") as temporary:
        if folder is not None:
            live = live_settings(home)
            settle_in(folder, live.database_file, live.library_dir)
        stage = Simulation(folder or Path(temporary), home=home)
        application = make_application(stage, port)
        print(f"沙盒已启动：http://127.0.0.1:{port}/sandbox/ （按 Ctrl-C 结束）", flush=True)
        uvicorn.run(application, host="127.0.0.1", port=port, log_level="warning", **_LISTENING)


def make_application(
    stage: Simulation, port: int, token: str | None = None, *, browse: bool = True
) -> FastAPI:
    """The server's application on a stage, which it opens and closes."""
    secret = token or secrets.token_urlsafe(24)
    director = Director(stage)
    opening: set[asyncio.Task[None]] = set()

    async def open_stage() -> None:
        try:
            await stage.open()
        except (CannotStart, TimeoutError) as error:
            logger.exception("the stage did not open")
            director.say_error(str(error))
        director.show_all()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        opening.add(asyncio.create_task(open_stage()))
        if browse:
            opening.add(asyncio.create_task(asyncio.to_thread(_browse, port)))
        yield
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
        await stage.close()

    application = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    hosts = {f"{name}:{port}" for name in LOOPBACK}

    def may_enter(headers: Any, given: str | None) -> bool:
        origin = headers.get("origin")
        return (
            headers.get("host") in hosts
            and (origin is None or origin in {f"http://{name}" for name in hosts})
            and given is not None
            and secrets.compare_digest(given, secret)
        )

    @application.middleware("http")
    async def guard(request: Request, call_next: Any) -> Response:
        if request.headers.get("host") not in hosts:
            return Response("403", status_code=403)
        response: Response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    @application.get("/sandbox/")
    async def index() -> Response:
        page = (PAGE / "index.html").read_text("utf-8").replace("{{token}}", secret)
        return HTMLResponse(page)

    @application.get("/sandbox")
    async def without_slash() -> Response:
        return Response(status_code=307, headers={"Location": "/sandbox/"})

    @application.get("/")
    async def root() -> Response:
        return Response(status_code=307, headers={"Location": "/sandbox/"})

    @application.get("/sandbox/page/{name}")
    async def page_file(name: str) -> Response:
        file = PAGE / name
        if file.parent != PAGE or file.suffix not in _TYPES or not file.is_file():
            return Response(status_code=404)
        return FileResponse(file, media_type=_TYPES[file.suffix])

    @application.get("/sandbox/file/{number}")
    async def download(request: Request, number: str, token: str = "") -> Response:
        file = stage.world.files.get(number)
        if not may_enter(request.headers, token) or file is None:
            return Response(status_code=404)
        named = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            file.content, media_type="application/octet-stream", headers={"Content-Disposition": named}
        )

    @application.get("/sandbox/forward/{number}")
    async def forward(request: Request, number: str, token: str = "") -> Response:
        if not may_enter(request.headers, token) or number not in stage.world.forwards:
            return Response(status_code=404)
        return JSONResponse(director.forward(number))

    @application.websocket("/sandbox/ws")
    async def line(socket: WebSocket, token: str = "") -> None:
        if not may_enter(socket.headers, token) or "origin" not in socket.headers:
            await socket.close(1008)
            return
        await socket.accept()
        with director.audience(socket.send_json) as seat:
            sending = asyncio.create_task(seat.send_all())
            try:
                while True:
                    await director.take(await socket.receive_json(), seat)
            except (WebSocketDisconnect, ValueError):
                return
            finally:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)

    return application


def _browse(port: int) -> None:
    """Open the page where there is a browser to open it in."""
    try:
        webbrowser.open(f"http://127.0.0.1:{port}/sandbox/")
    except webbrowser.Error:
        logger.info("no browser to open the page in")

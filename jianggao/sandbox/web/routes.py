"""Makes the web application of the sandbox: the page, downloads, and the WebSocket between page and
simulation.

A random token guards the WebSocket and the downloads. Host and Origin are checked, so that a page from
elsewhere cannot drive the sandbox, not even by DNS rebinding.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, FastAPI, Request, Response, WebSocket, WebSocketDisconnect
from fastapi.datastructures import Headers
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse

from jianggao.errors import CannotStart
from jianggao.sandbox.simulation import Simulation
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
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_POLICY_VIOLATION = 1008
"""The WebSocket close code for a page that may not enter (RFC 6455)."""

logger = logging.getLogger(__name__)


class Gatekeeper:
    """Decides which requests are the page's own."""

    def __init__(self, port: int, token: str) -> None:
        self._token = token
        self._hosts = {f"{name}:{port}" for name in LOOPBACK}
        self._origins = {f"http://{host}" for host in self._hosts}

    def is_for_this_host(self, headers: Headers) -> bool:
        """Returns whether a request names this server: one that came by DNS rebinding names another."""
        return headers.get("host") in self._hosts

    def is_from_the_page(self, headers: Headers, token: str) -> bool:
        """Returns whether a request carries the page's token and comes from no other origin."""
        origin = headers.get("origin")
        return (
            self.is_for_this_host(headers)
            and (origin is None or origin in self._origins)
            and secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode())
        )


def make_application(
    simulation: Simulation, port: int, token: str | None = None, *, browse: bool = True
) -> FastAPI:
    """Returns the web application of a simulation, which it opens at its start and closes at its end.

    `token` replaces the random one; `browse` opens the page in a browser.
    """
    token = token or secrets.token_urlsafe(24)
    gatekeeper, director = Gatekeeper(port, token), Director(simulation)
    application = FastAPI(
        lifespan=_lifespan(simulation, director, port, browse=browse),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )

    @application.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        if not gatekeeper.is_for_this_host(request.headers):
            return Response("403", status_code=403)
        response = await call_next(request)
        response.headers.update(_HEADERS)
        return response

    application.include_router(_page_routes(token))
    application.include_router(_download_routes(simulation, director, gatekeeper))
    application.include_router(_socket_route(director, gatekeeper))
    return application


def _lifespan(
    simulation: Simulation, director: Director, port: int, *, browse: bool
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    async def open_simulation() -> None:
        try:
            await simulation.open()
        except (CannotStart, TimeoutError) as error:
            logger.exception("the simulation did not open")
            director.viewers.show_error(str(error))
        director.scene_is_set()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        # In the background: the page is served meanwhile and says that the scene is being set.
        tasks = {asyncio.create_task(open_simulation())}
        if browse:
            tasks.add(asyncio.create_task(asyncio.to_thread(_browse, port)))
        yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await simulation.close()

    return lifespan


def _page_routes(token: str) -> APIRouter:
    """Returns the routes that anybody may ask for on this machine: the page with its token, and its files."""
    router = APIRouter()

    @router.get("/sandbox/")
    async def index() -> Response:
        return HTMLResponse((PAGE / "index.html").read_text("utf-8").replace("{{token}}", token))

    @router.get("/")
    @router.get("/sandbox")
    async def redirect() -> Response:
        return Response(status_code=307, headers={"Location": "/sandbox/"})

    @router.get("/sandbox/page/{name}")
    async def page_file(name: str) -> Response:
        file = PAGE / name
        if file.parent != PAGE or file.suffix not in _MEDIA_TYPES or not file.is_file():
            return Response(status_code=404)
        return FileResponse(file, media_type=_MEDIA_TYPES[file.suffix])

    return router


def _download_routes(simulation: Simulation, director: Director, gatekeeper: Gatekeeper) -> APIRouter:
    """Returns the routes of files and forwards that were sent in the simulation."""
    router = APIRouter()

    @router.get("/sandbox/file/{number}")
    async def download(request: Request, number: str, token: str = "") -> Response:
        file = simulation.world.files.get(number)
        if not gatekeeper.is_from_the_page(request.headers, token) or file is None:
            return Response(status_code=404)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return Response(
            file.content,
            media_type="application/octet-stream",
            headers={"Content-Disposition": disposition},
        )

    @router.get("/sandbox/forward/{number}")
    async def forward(request: Request, number: str, token: str = "") -> Response:
        is_known = number in simulation.world.forwards
        if not gatekeeper.is_from_the_page(request.headers, token) or not is_known:
            return Response(status_code=404)
        return JSONResponse(director.state.forward(number))

    return router


def _socket_route(director: Director, gatekeeper: Gatekeeper) -> APIRouter:
    """Returns the WebSocket that shows a page the simulation and takes the page's commands."""
    router = APIRouter()

    @router.websocket("/sandbox/ws")
    async def socket_to_page(socket: WebSocket, token: str = "") -> None:
        # Browsers always name the origin of a WebSocket: what names none is no page.
        if not gatekeeper.is_from_the_page(socket.headers, token) or "origin" not in socket.headers:
            await socket.close(_POLICY_VIOLATION)
            return
        await socket.accept()
        with director.joined_by(socket.send_json) as viewer:
            sending = asyncio.create_task(viewer.send_all())
            try:
                while True:
                    await director.commands.carry_out(await socket.receive_json(), viewer)
            except (WebSocketDisconnect, ValueError):
                return
            finally:
                sending.cancel()
                await asyncio.gather(sending, return_exceptions=True)

    return router


def _browse(port: int) -> None:
    """Opens the page in a browser if there is one."""
    try:
        webbrowser.open(f"http://127.0.0.1:{port}/sandbox/")
    except webbrowser.Error:
        logger.info("no browser to open the page in")

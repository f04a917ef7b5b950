"""Connects the open pages with the simulation: shows them its events, and passes on their commands."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from jianggao.sandbox.simulation import Simulation
from jianggao.sandbox.web.page_commands import PageCommands
from jianggao.sandbox.web.page_state import PageState
from jianggao.sandbox.web.viewers import Send, Viewer, Viewers


class Director:
    """Keeps all pages up to date with one simulation."""

    def __init__(self, simulation: Simulation) -> None:
        self.state = PageState(simulation)
        self.viewers = Viewers()
        self.commands = PageCommands(simulation, self.state, self.viewers)
        self._bot = simulation.world.bot
        simulation.listeners.append(self._on_event)

    def joined_by(self, send: Send) -> AbstractContextManager[Viewer]:
        """Adds a page for the time of a `with` block; it is shown everything first."""
        return self.viewers.joined_by(send, self.state.whole())

    def scene_is_set(self) -> None:
        """Shows every page everything anew, and records from now on."""
        self.commands.start_recording()
        self.viewers.show(self.state.whole())

    def _on_event(self, name: str, details: Any) -> None:
        """Shows the pages an event of the simulation or of its world (see `SimulationListener`)."""
        state, show = self.state, self.viewers.show
        if name == "message":
            if details["message"].sender == self._bot:
                self.commands.record_answer(details["message"])
            show({"type": "message", "message": state.message(details["message"])})
        elif name == "recalled":
            show({"type": "message", "message": state.message(details["message"])})
        elif name == "wire":
            show({"type": "wire", "entry": state.add_wire_entry(*details)})
            # Each text on the connection may have used up a fault.
            show({"type": "faults", "active": state.faults()})
        elif name == "violation":
            show({"type": "broken", "invariant": state.violation(details)})
        elif name == "bot":
            show({"type": "bot", "bot": state.bot()})
        elif name == "now":
            show({"type": "now", "now": state.now()})
        elif name in ("request", "requests"):
            show({"type": "requests", "requests": state.requests()})
        elif name in ("joined", "left", "muted", "friend_add"):
            show({"type": "chats", "chats": state.chats()})

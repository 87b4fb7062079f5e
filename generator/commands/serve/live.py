"""The LiveReload socket (protocol 7): tells browsers that something has changed.

On the handlers of the livereload package; who may connect, and what happens to what they send, is ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler  # type: ignore[import-untyped]
from tornado.websocket import WebSocketClosedError

from generator.commands.serve.guard import Guarded


class Browsers:
    """The browsers that listen."""

    def __init__(self, generation: Callable[[], str]) -> None:
        """`generation` names the present state."""
        self._generation = generation
        self._sockets: set[LiveSocket] = set()

    def __len__(self) -> int:
        return len(self._sockets)

    def add(self, socket: LiveSocket, shown: object) -> None:
        """Take one up that shows a generation; one that missed a change while it connected is told at once."""
        self._sockets.add(socket)
        if isinstance(shown, str) and shown != self._generation():
            socket.tell(reload_message("*"))

    def remove(self, socket: LiveSocket) -> None:
        """Forget one that has gone."""
        self._sockets.discard(socket)

    def tell(self, address: str) -> None:
        """Tell all of them that an address has changed; a style sheet is then taken anew without a reload."""
        for socket in tuple(self._sockets):
            socket.tell(reload_message(address))

    def close(self) -> None:
        """Say goodbye to all of them."""
        for socket in tuple(self._sockets):
            socket.close(1001, "the preview has ended")


def reload_message(address: str) -> dict[str, Any]:
    """Return the message that an address has changed."""
    return {"command": "reload", "path": address, "liveCSS": True, "liveImg": False}


class LiveSocket(Guarded, LiveReloadHandler):  # type: ignore[misc]
    """One browser's socket."""

    def initialize(self, browsers: Browsers) -> None:
        """Take the list of the browsers."""
        self._browsers = browsers

    def prepare(self) -> None:
        """Refuse a foreign Host, and pages that are not ours or do not say what they are: browsers always do."""
        super().prepare()
        if not self._finished and not self.check_origin(self.request.headers.get("Origin", "")):
            self.send_error(403)

    def check_origin(self, origin: str) -> bool:
        """Return whether the page that connects is one of ours."""
        try:
            found = urlsplit(origin)
        except ValueError:
            return False
        return found.scheme in ("http", "https") and found.netloc.lower() == self.request.headers["Host"].lower()

    def on_message(self, message: str | bytes) -> None:
        """Answer `hello`, and take a browser up that says what it shows; nothing else is listened to."""
        try:
            said = json.loads(message)
        except ValueError:
            said = None
        if not isinstance(said, dict) or said.get("command") not in ("hello", "info"):
            return
        if said["command"] == "hello":
            self.tell(HELLO)
        else:
            self._browsers.add(self, generation_of(said.get("plugins")))

    def on_close(self) -> None:
        """Forget the browser."""
        self._browsers.remove(self)

    def tell(self, message: dict[str, Any]) -> None:
        """Send a message; one who has gone does not hear it."""
        try:
            self.write_message(message)
        except WebSocketClosedError:
            self._browsers.remove(self)


def generation_of(plugins: object) -> object:
    """Return the generation that preview.js has found on its page, if it is that."""
    preview = plugins.get("preview") if isinstance(plugins, dict) else None
    return preview.get("generation") if isinstance(preview, dict) else None


HELLO = {
    "command": "hello",
    "protocols": ["http://livereload.com/protocols/official-7"],
    "serverName": "annotated-explainers",
}

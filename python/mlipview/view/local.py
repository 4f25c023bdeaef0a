"""Requests to a server on this computer, which no proxy may see."""

from __future__ import annotations

import inspect
from typing import Any
from urllib.request import ProxyHandler, build_opener

from websockets.sync.client import ClientConnection, connect

#: Without the proxies of the environment (``http_proxy``), which cannot reach this computer.
_OPENER = build_opener(ProxyHandler({}))


def fetched(address: str, timeout: float) -> bytes:
    """The content of a page.

    Raises:
        OSError: nobody listens there, or the server answers with an error.
    """
    with _OPENER.open(address, timeout=timeout) as answer:
        return answer.read()


def connected(address: str, timeout: float) -> ClientConnection:
    """A WebSocket for messages of any size.

    Raises:
        OSError: nobody listens there.
    """
    options: dict[str, Any] = {"max_size": None, "open_timeout": timeout}
    # websockets looks for proxies from version 15 on.
    if "proxy" in inspect.signature(connect).parameters:
        options["proxy"] = None
    return connect(address, **options)

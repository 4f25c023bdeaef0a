"""Jupyter: whether Python runs in a notebook, and the addresses of the servers that show it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit


def is_notebook() -> bool:
    """Whether the output of this Python is shown by a notebook."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return type(get_ipython()).__name__ == "ZMQInteractiveShell"


def origins() -> list[str]:
    """Origins of the Jupyter servers of this user, whose pages show a view inline.

    A server under another name, as behind JupyterHub, is not among them.
    """
    try:
        from jupyter_core.paths import jupyter_runtime_dir
    except ImportError:
        return []
    found = []
    for path in sorted(Path(jupyter_runtime_dir()).glob("jpserver-*.json")):
        try:
            address = urlsplit(json.loads(path.read_text())["url"])
            port = address.port
        except (OSError, ValueError, KeyError, TypeError):
            # A server that is starting, or has just ended.
            continue
        if address.scheme in ("http", "https") and address.hostname and port:
            names = dict.fromkeys((address.hostname, "localhost", "127.0.0.1"))
            found += [f"{address.scheme}://{name}:{port}" for name in names if _is_plain(name)]
    return list(dict.fromkeys(found))[:MAX_ORIGINS]


#: Most origins that are allowed.
MAX_ORIGINS = 24


def _is_plain(name: str) -> bool:
    return all(letter.isalnum() or letter in ".-" for letter in name)

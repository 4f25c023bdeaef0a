"""Client of a room: the session protocol, on a thread that keeps the newest frame."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from google.protobuf import descriptor_pb2, message_factory
from websockets.exceptions import ConnectionClosed

from .frame import ViewFrame, from_message
from .local import connected, fetched

#: Time until a command must be answered, s.
ANSWER_TIMEOUT = 30.0
#: Kept notices; older ones are forgotten.
MAX_NOTICES = 100
#: Shortest time between two commands, s: the server allows 200 messages per second, acknowledgements included.
COMMAND_INTERVAL = 0.01
#: Starts of notices that say that a command was not carried out.
#: (COMPUTE_ERROR is none of them: it tells everybody that a run or an evaluation has failed.)
REFUSALS = (
    "CALCULATOR_NOT_SUPPORTED",
    "FORBIDDEN",
    "IDLE_WAITING_FOR_GEOMETRY",
    "INVALID_PARAMETERS",
    "LIMIT",
    "OPTIMIZER_NOT_SUPPORTED",
    "PROTO_VIOLATION",
    "REFUSED",
)


class Connection:
    """Connection to a room as one of its people.

    Args:
        page: address of the server, ``http://HOST:PORT/``.
        address: WebSocket address with room and token.

    Raises:
        OSError: nobody listens there.
        RuntimeError: the room sends no structure.
    """

    def __init__(self, page: str, address: str) -> None:
        schema = descriptor_pb2.FileDescriptorSet.FromString(fetched(page + "session.binpb", 30))
        types = message_factory.GetMessages(schema.file)
        self._action = types["fairchem.session.ClientAction"]
        self._result = types["fairchem.session.ServerResult"]
        self.changed = threading.Condition()
        self.snapshot: Any = None
        self._frame: ViewFrame | None = None
        self.notices: deque[str] = deque(maxlen=MAX_NOTICES)
        #: Number of notices so far, of which `notices` has the last.
        self.notice_count = 0
        #: Number of notices so far that told how a run has ended, and the last of them.
        self.end_count, self._ends = 0, deque[str](maxlen=MAX_NOTICES)
        self.is_closed = False
        self._seq = self._commands = self._answered = 0
        self._sent_at = 0.0
        self._sending = threading.Lock()
        self._opened = ExitStack()
        self._socket = self._opened.enter_context(connected(address, 30))
        threading.Thread(target=self._receive, name="mlipview room", daemon=True).start()
        with self._sending:
            self._send(attach={"velocities": True, "forces": True, "name": "Python"})
        self.wait(lambda: self.snapshot is not None and self._frame is not None, ANSWER_TIMEOUT, "the structure")

    @property
    def frame(self) -> ViewFrame:
        """The newest frame, which the constructor waits for."""
        if self._frame is None:
            raise ConnectionError("the room has sent no frame")
        return self._frame

    def command(self, waits: bool = True, **fields: Any) -> None:
        """Sends a command, and with `waits` waits for the frame that includes it.

        Raises:
            RuntimeError: the command was refused; the message has the reason.
            ConnectionError: the window was closed.
            TimeoutError: no answer.
        """
        notices = self.notice_count
        with self._sending:
            time.sleep(max(0.0, self._sent_at + COMMAND_INTERVAL - time.monotonic()))
            self._sent_at = time.monotonic()
            self._commands += 1
            number = self._commands
            self._send(user_interaction_count=number, **fields)
        if not waits:
            return
        self.wait(
            lambda: self._answered >= number or self._refusal_since(notices) is not None,
            ANSWER_TIMEOUT,
            " ".join(fields),
        )
        refusal = self._refusal_since(notices)
        if refusal is not None:
            raise RuntimeError(refusal)

    def wait(self, condition: Callable[[], bool], timeout: float | None, what: str) -> None:
        """Waits until a condition holds, which is checked at each message.

        Raises:
            TimeoutError: it does not within `timeout` (s).
            ConnectionError: the window was closed.
        """
        with self.changed:
            end = None if timeout is None else time.monotonic() + timeout
            while not condition():
                if self.is_closed:
                    raise ConnectionError(f"the window was closed before {what}")
                left = None if end is None else end - time.monotonic()
                if left is not None and left <= 0:
                    raise TimeoutError(f"no answer within {timeout:.0f} s: {what}")
                # Bounded, so that Ctrl-C is noticed on all systems.
                self.changed.wait(0.2 if left is None else min(left, 0.2))

    def end_since(self, count: int) -> str | None:
        """How a run ended, the first after so many runs had ended."""
        with self.changed:
            return next(iter(_newest(self._ends, self.end_count - count)), None)

    def _refusal_since(self, count: int) -> str | None:
        """The first notice of a refused command after so many notices."""
        with self.changed:
            recent = _newest(self.notices, self.notice_count - count)
        return next((notice for notice in recent if notice.startswith(REFUSALS)), None)

    def close(self) -> None:
        """Leaves the room."""
        self._opened.close()

    def _send(self, **fields: Any) -> None:
        self._seq += 1
        try:
            self._socket.send(self._action(seq=self._seq, **fields).SerializeToString())
        except ConnectionClosed as error:
            raise ConnectionError("the window was closed") from error

    def _receive(self) -> None:
        try:
            for data in self._socket:
                result = self._result.FromString(data)
                with self.changed:
                    self._take(result)
                    self.changed.notify_all()
                with self._sending:
                    self._send(ack=result.seq)
        except (ConnectionClosed, ConnectionError):
            pass
        finally:
            with self.changed:
                self.is_closed = True
                self.changed.notify_all()

    def _take(self, result: Any) -> None:
        kind = result.WhichOneof("payload")
        if kind == "snapshot":
            self.snapshot = result.snapshot
        elif kind == "frame":
            self._frame = from_message(result.frame)
            self._answered = max(self._answered, result.user_interaction_count)
        elif kind == "notice" and result.notice.message:
            self.notices.append(result.notice.message)
            self.notice_count += 1
            if result.notice.simulation_stopped:
                self._ends.append(result.notice.message)
                self.end_count += 1


def _newest(texts: deque[str], count: int) -> list[str]:
    return list(texts)[-count:] if count > 0 else []

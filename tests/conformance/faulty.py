"""A proxy before a FHIR server that fails as networks and servers do, before or after the server acted."""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections import Counter
from urllib.parse import urlsplit, urlunsplit

FAULTS = (
    "429",
    "500 before the server acted",
    "500 after the server acted",
    "503 before the server acted",
    "cut before the server acted",
    "cut while the server acts",
    "cut after the server acted",
    "cut in the middle of the answer",
    "slow",
)


class Proxy:
    """One request a connection; of each it is drawn by lot whether and how it fails."""

    def __init__(self, upstream: str, *, share: float, seed: int) -> None:
        self._upstream = urlsplit(upstream)
        self.share = share
        """How many of all requests fail, from 0 to 1."""
        self.met: Counter[str] = Counter()
        """How often each fault was met."""
        self.at_work = 0
        """Requests that the server has not answered yet."""
        self._lot = random.Random(seed)
        self._tasks: set[asyncio.Task[None] | None] = set()
        self._loop = asyncio.new_event_loop()
        self.url = ""

    def __enter__(self) -> Proxy:
        ready = threading.Event()

        def serve() -> None:
            asyncio.set_event_loop(self._loop)
            server = self._loop.run_until_complete(asyncio.start_server(self._connection, "127.0.0.1", 0))
            port = server.sockets[0].getsockname()[1]
            self.url = urlunsplit(self._upstream._replace(netloc=f"127.0.0.1:{port}"))
            ready.set()
            self._loop.run_forever()
            server.close()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(asyncio.sleep(0.01))
            self._loop.close()

        self._thread = threading.Thread(target=serve, daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A loop keeps its tasks weakly: one whose client is gone would be collected while the server is at work.
        # https://docs.python.org/3/library/asyncio-task.html#asyncio.create_task
        task = asyncio.current_task()
        self._tasks.add(task)
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            request = await _message(reader)
            fault = self._lot.choice(FAULTS) if self._lot.random() < self.share else ""
            self.met[fault] += 1
            writer.write(await self._answer(request, fault, writer))
            await writer.drain()
        writer.close()
        self._tasks.discard(task)

    async def _answer(self, request: bytes, fault: str, writer: asyncio.StreamWriter) -> bytes:
        """What the client gets; nothing where the connection is cut."""
        if fault == "429":
            return _status("429 Too Many Requests", "Retry-After: 0\r\n")
        if fault.endswith("before the server acted"):
            return b"" if fault.startswith("cut") else _status(f"{fault[:3]} Failure")
        if fault == "cut while the server acts":
            writer.close()
        if fault == "slow":
            await asyncio.sleep(self._lot.uniform(0, 0.3))
        answer = await self._forwarded(request)
        if fault.startswith("500"):
            return _status("500 Failure")
        if fault == "cut in the middle of the answer":
            return answer[: len(answer) // 2]
        return b"" if fault.startswith("cut") else answer

    async def _forwarded(self, request: bytes) -> bytes:
        head, _, content = request.partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"connection:", b"host:"))]
        host = f"Host: {self._upstream.netloc}\r\nConnection: close".encode()
        self.at_work += 1
        try:
            reader, writer = await asyncio.open_connection(self._upstream.hostname, self._upstream.port)
            writer.write(b"\r\n".join([lines[0], host, *lines[1:]]) + b"\r\n\r\n" + content)
            answer = await reader.read()
            writer.close()
        finally:
            self.at_work -= 1
        return answer


def _status(line: str, more: str = "") -> bytes:
    return f"HTTP/1.1 {line}\r\n{more}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    return head + (await reader.readexactly(int(lengths[0].partition(b":")[2])) if lengths else b"")

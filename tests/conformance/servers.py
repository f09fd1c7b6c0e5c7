"""
FHIR servers that nobody here wrote, on this machine and empty, for as long as a block runs, or until Ctrl-C:

    python -m tests.conformance.servers sekmet
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.judge import hapi_server
from tests.node import installed

START = 60.0
"""Seconds that a server may take to start."""


@contextlib.contextmanager
def sekmet_server(**settings: Any) -> Iterator[str]:
    """The base URL of SEKMET, a FHIR R4 server in Python with transactions, searches and SMART."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        base = f"{'https' if 'tls_certfile' in settings else 'http'}://127.0.0.1:{port}/fhir"
        said = {
            "base_url": base,
            "host": "127.0.0.1",
            "port": port,
            "data_dir": folder,
            "own_private_key_path": f"{folder}/key.pem",
            "simulator": {"enabled": False},
            "log_inbound": False,
            **settings,
        }
        file = Path(folder, "settings.yaml")  # JSON is YAML
        file.write_text(json.dumps(said), encoding="utf-8")
        with started([sys.executable, "-m", "sekmet.cli", "serve", "--config", str(file)], f"{base}/metadata"):
            yield base


@contextlib.contextmanager
def medplum_server() -> Iterator[str]:
    """The base URL of Medplum's router and repository in memory, which give all ids themselves."""
    folder, port = installed(Path(__file__).parent / "medplum"), free_port()
    base = f"http://127.0.0.1:{port}/fhir/R4"
    # Node 20 has no WebSocket of its own without the option, and Medplum asks for one when it is imported.
    command = ["node", "--experimental-websocket", str(folder / "server.mjs"), str(port)]
    with started(command, f"{base}/metadata"):
        yield base


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextlib.contextmanager
def started(command: list[str], url: str, environment: Mapping[str, str] | None = None) -> Iterator[None]:
    """A process that answers at an address; its log, as an error, if it does not."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            wait_for(url, process, START)
            yield
        except ServerNotThereError as error:
            log.seek(0)
            raise ServerNotThereError(f"{error}\n{log.read()[-3000:]}") from None
        finally:
            process.kill()
            process.wait()


class ServerNotThereError(RuntimeError):
    """A server ended, or did not answer in time."""


def wait_for(url: str, process: subprocess.Popen[Any], seconds: float) -> None:
    """Return when an address answers, whatever it answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            raise ServerNotThereError(f"{process.args!r} ended with {process.returncode}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            if isinstance(
                getattr(error, "reason", None), ssl.SSLError
            ):  # it is there, and has a certificate of its own
                return
            time.sleep(0.1)
        else:
            return
    raise ServerNotThereError(f"{url} did not answer in {seconds:.0f} s")


def main() -> None:
    """Start the server that is named, say where it is, and wait."""
    servers = {
        "sekmet": sekmet_server,
        "medplum": medplum_server,
        "hapi": hapi_server,
        "hapi-validate": lambda: hapi_server(validate=True),
    }
    if len(sys.argv) != 2 or sys.argv[1] not in servers:
        sys.exit(f"name one of {', '.join(servers)}")
    with contextlib.suppress(KeyboardInterrupt), servers[sys.argv[1]]() as base:
        print(base, flush=True)
        signal.pause()


if __name__ == "__main__":
    main()

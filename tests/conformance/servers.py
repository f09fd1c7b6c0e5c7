"""FHIR servers that nobody here wrote, on this machine and empty, for as long as a block runs."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

START = 60.0
"""Seconds that a server may take to start."""


@contextlib.contextmanager
def sekmet_server(**settings: Any) -> Iterator[str]:
    """The base URL of SEKMET, a FHIR R4 server in Python with transactions, searches and SMART."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        base = f"http://127.0.0.1:{port}/fhir"
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
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            with contextlib.suppress(urllib.error.HTTPError):
                urllib.request.urlopen(url, timeout=5).close()
            return
        time.sleep(0.1)
    raise ServerNotThereError(f"{url} did not answer in {seconds:.0f} s")

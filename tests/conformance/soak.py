"""
Many pushes through a proxy that fails, by clients that are killed: is every fact there once, and nothing else?

    python -m tests.conformance.soak --server sekmet --pushes 1000
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from tests.conformance.faulty import Proxy
from tests.conformance.servers import medplum_server, sekmet_server
from tests.push.census import everything

from casefhir.cli import main as casefhir
from casefhir.fhir.bundle import ORDER
from casefhir.pipeline import load
from casefhir.push.wanted import WantedCase, identity_of

SERVERS = {"sekmet": sekmet_server, "medplum": medplum_server}
BETWEEN_CENSUSES = 20

HEAD = """casefhir: 1
id: soak-{number}
article: {{title: "An invented case, {number}", published: 2021-08, authors: [{{name: A Writer}}]}}
patient: {{sex: female, age: 30 years, at: admission}}
events: {{admission: {{date: 2021-01-09, encounter: inpatient}}}}
"""
SECTIONS = {
    "diagnoses": ["{name: pneumonia, diagnosed: admission}", "{name: asthma, diagnosed: 2020}"],
    "findings": ['{name: cough, at: admission, quote: "she coughed"}', "{name: rash, at: admission, absent: true}"],
    "labs": ["{at: admission, values: {CRP: %d mg/L, Hb: 117 g/L}}", "{at: 2021-01-10, values: {CRP: 12 mg/L}}"],
    "treatments": [
        "{drug: amoxicillin, dose: 500 mg tid, from: admission}",
        "{drug: paracetamol, dose: 1 g, at: admission}",
    ],
}
"""Each fact is there or not, as the lot has it."""


class Result(NamedTuple):
    """What a soak came to."""

    pushes: int
    killed: int
    codes: Counter[int]
    faults: Counter[str]
    censuses: int
    resources: int


def text(number: int, lot: random.Random) -> str:
    """A case with some of all facts, and a value by lot."""
    lines = [HEAD.format(number=number)]
    for section, facts in SECTIONS.items():
        if chosen := [fact for fact in facts if lot.random() < 0.7]:
            lines.append(f"{section}:\n" + "".join(f"  - {fact}\n" for fact in chosen))
    return "".join(lines).replace("%d", str(lot.randint(5, 300)))


def soak(base: str, folder: Path, *, pushes: int, seed: int, cases: int = 4, share: float = 0.25) -> Result:
    """Push, fail, kill; and count what is there. Raises: AssertionError."""
    lot = random.Random(seed)
    killed, codes, censuses = 0, Counter[int](), 0
    with Proxy(base, share=share, seed=seed) as proxy:
        for push in range(1, pushes + 1):
            file = folder / f"{lot.randrange(cases)}.yaml"
            if not file.exists() or lot.random() < 0.7:
                file.write_text(text(int(file.stem), lot), encoding="utf-8")
            code = pushed(file, proxy.url, lot.uniform(0.01, 0.4) if lot.random() < 0.4 else None)
            killed += code == -signal.SIGKILL
            codes[code] += 1
            if push % BETWEEN_CENSUSES == 0 or push == pushes:
                found = census(proxy, base, sorted(folder.glob("*.yaml")))
                censuses += 1
        return Result(pushes, killed, codes, proxy.met, censuses, found)


FORKS = multiprocessing.get_context("forkserver")
"""Each push is a process of its own, forked from one that has the modules and no thread: it starts at once."""
FORKS.set_forkserver_preload(["casefhir.cli.push", "casefhir.push.session", "casefhir.push.run", __name__])


def pushed(file: Path, url: str, lives: float | None) -> int:
    """The exit code of a push in a process of its own that lives so many seconds at most."""
    child = FORKS.Process(target=_push, args=(str(file), url))
    child.start()
    child.join(lives)
    child.kill()
    child.join()
    assert child.exitcode is not None
    return child.exitcode


def _push(file: str, url: str) -> None:
    with open(os.devnull, "w", encoding="utf-8") as quiet, redirect_stdout(quiet), redirect_stderr(quiet):
        code = casefhir(["push", file, "--server", url, "--tries", "8", "--wait", "0.05"])
    sys.exit(code)


def census(proxy: Proxy, base: str, files: list[Path]) -> int:
    """Let the server come to rest, push once without faults, and count."""
    while proxy.at_work:
        time.sleep(0.01)
    share, proxy.share = proxy.share, 0.0
    for file in files:
        assert pushed(file, proxy.url, None) == 0, file.read_text("utf-8")
    proxy.share = share
    resources = everything(base, ORDER)
    expected = Counter(wanted.identity for file in files for wanted in WantedCase(load(file)).resources)
    systems = [WantedCase(load(file)).system for file in files]
    found = Counter(next(filter(None, (identity_of(one, s) for s in systems))) for one in resources)
    assert found == expected, (found - expected, expected - found)
    there = {f"{one['resourceType']}/{one['id']}" for one in resources}
    lost = set(re.findall(r'"reference": ?"([^"]+)"', json.dumps(resources))) - there
    assert not lost, lost
    return len(resources)


def main() -> None:
    """Soak one server, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", choices=SERVERS, default="sekmet")
    parser.add_argument("--pushes", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with SERVERS[asked.server]() as base, tempfile.TemporaryDirectory() as folder:
        started = time.monotonic()
        result = soak(base, Path(folder), pushes=asked.pushes, seed=asked.seed)
    print(json.dumps(result._asdict(), indent=1), f"{time.monotonic() - started:.0f} s", file=sys.stdout)


if __name__ == "__main__":
    main()

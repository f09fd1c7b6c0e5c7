"""Options and groups of the tests."""

import signal

import pytest
from hypothesis import settings

settings.register_profile("quick", max_examples=20)


def pytest_configure() -> None:
    """A shell has what it runs in the background ignore Ctrl-C, and a program hands that on to those it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--servers", action="store_true", help="run what takes minutes against servers, too")
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew; read the diff")


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that need Java run in one process, one after the other: each judge takes half a gigabyte."""
    if not config.getoption("--servers"):
        items[:] = [item for item in items if not item.get_closest_marker("servers")]
    for item in items:
        if item.get_closest_marker("java"):
            item.add_marker(pytest.mark.xdist_group("java"))

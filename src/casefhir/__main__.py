"""The command line as a process of its own: `casefhir`, or `python -m casefhir`."""

import gc
import os
import sys


def run() -> int:
    """
    Run one command, without what a life of a moment need not pay for: a tenth of the time of `casefhir check`.

    Python searches for reference cycles, again with every few thousand new objects and once more at the end.
    pydantic reads the metadata of every installed package, to find plugins of its own.
    Source: https://docs.python.org/3/library/gc.html#gc.disable, https://docs.pydantic.dev/latest/concepts/plugins/
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from casefhir.cli import main

    return main()


if __name__ == "__main__":
    sys.exit(run())

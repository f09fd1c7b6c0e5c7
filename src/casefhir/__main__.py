"""The command line as a process of its own: `casefhir`, or `python -m casefhir`."""

import gc
import os
from typing import NoReturn


def run() -> NoReturn:
    """
    Run one command, without what a life of a moment need not pay for: a seventh of the time of `casefhir check`.

    Python searches for reference cycles, again with every few thousand new objects and once more at the end.
    pydantic reads the metadata of every installed package, to find plugins of its own.
    At its end a process frees each object, and then the system takes back all memory at once; so it ends as soon as
    the command is over: that has written all and let go of its files, and `main` has flushed both streams.
    An error in the program, which nothing catches, ends it as usual.
    Source: https://docs.python.org/3/library/gc.html#gc.disable, https://docs.pydantic.dev/latest/concepts/plugins/,
    https://docs.python.org/3/library/os.html#os._exit
    """
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from casefhir.cli import main

    os._exit(main())


if __name__ == "__main__":
    run()

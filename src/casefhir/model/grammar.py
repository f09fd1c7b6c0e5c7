"""What every small grammar of the case file shares: its one exception, with a place inside the text."""


class GrammarError(ValueError):
    """A written text that its grammar does not know; `offset` counts characters from its start."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset

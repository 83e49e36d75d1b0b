"""Why content is refused: sentences that name a file and a place in it."""


class NotLoaded(Exception):
    """Content was refused; `reasons` are sentences for whoever wrote the files."""

    def __init__(self, reasons: list[str]):
        super().__init__("\n".join(reasons))
        self.reasons = list(reasons)


class Reasons(list[str]):
    """Sentences collected while reading, so that a writer sees all of them at once."""

    def say(self, place: str, sentence: str) -> None:
        """Add what is wrong at a place."""
        self.append(f"{place}: {sentence}")

    def stop_if_any(self) -> None:
        """Raise `NotLoaded` with everything that was said."""
        if self:
            raise NotLoaded(self)

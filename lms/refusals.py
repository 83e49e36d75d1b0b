"""How an action says no: with its reasons, having changed nothing."""


class Refused(Exception):
    """An action did not happen; `reasons` are stable words that screens translate."""

    def __init__(self, *reasons: str):
        super().__init__(*reasons)
        self.reasons = list(reasons)

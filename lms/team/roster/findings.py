"""What is found in a file: stable words with their facts, for screens to say.

They are stored and answered as JSON; `lms.team.roster.words` puts them in sentences.
"""

Finding = dict[str, str | int]


def found(what: str, /, **facts: str | int) -> Finding:
    """Return a finding: `what` is its word, `facts` stand in its sentence."""
    return {"is": what, **facts}


class Unreadable(Exception):
    """No list can be read from what was given; `finding` says why."""

    def __init__(self, what: str, /, **facts: str | int):
        super().__init__(what)
        self.finding = found(what, **facts)

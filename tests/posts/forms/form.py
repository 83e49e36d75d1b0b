"""What a test knows of a form: who sends it where, and what it does not mind."""

from dataclasses import dataclass, field

AS_TEXT = {
    "markup",
    "negative",
    "no letter",
    "list",
    "object",
    "not UTF-8",
    "far day",
}


@dataclass(frozen=True)
class Form:
    """A form of ours: who sends it where, a good one, and what it does not mind."""

    path: str
    good: dict[str, str] = field(default_factory=dict)
    who: str = "signed_in"
    thing: str = ""  # the fixture that completes the path
    free: str = ""  # fields that take any text
    optional: str = ""  # fields that may be missing
    text: str = ""  # fields that take any short text
    alike: str = ""  # how fields begin that one loop makes and reads
    works: bool = True  # whether the good one is accepted
    asks: bool = False  # answers a question, changes nothing
    again: bool = False  # the same once more is another one

    def spoiled(self) -> list[str]:
        """Return the fields to spoil one by one: of those alike the first and last."""
        like = [
            name for name in self.good if self.alike and name.startswith(self.alike)
        ]
        return [name for name in self.good if name not in like[1:-1]]

    def minds(self, wrong: str, name: str) -> bool:
        """Whether the form has to refuse what is wrong with the field."""
        if not name:
            return bool(set(self.good) - set(self.optional.split()))
        forgiven = self.optional if wrong == "missing" else self.free
        if wrong in AS_TEXT:
            forgiven += f" {self.text}"
        return name not in forgiven.split()

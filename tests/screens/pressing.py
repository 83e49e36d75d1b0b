"""What would a browser send, were a form's button pressed?"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

UNSENT = {"submit", "button", "reset", "image", "file"}


@dataclass
class Pressable:
    """A form of a page: where it goes, what it says by itself, which names it has."""

    method: str
    action: str
    own: dict[str, list[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def says(self, name: str, value: str) -> None:
        self.own.setdefault(name, []).append(value)

    def has(self, good: dict[str, str]) -> bool:
        """Whether everything can be said with its controls and buttons."""
        given = {name for name, _value in self.buttons if name}
        return not set(good) - self.names - given

    def pressed(self, good: dict[str, str]) -> dict[str, list[str]]:
        """Return what is sent once the fields are filled in and a button is pressed."""
        said = self.own | {name: [value] for name, value in good.items()}
        buttons = sorted(self.buttons, key=lambda button: bool(button[0]))
        if not any(good.get(name) == value for name, value in buttons):
            said |= {name: [value] for name, value in buttons[:1] if name}
        return said


class Forms(HTMLParser):
    """Collects the forms of a page and their controls, also those beside a form."""

    def __init__(self, page: str, here: str):
        super().__init__()
        self.here = here
        self.found: list[Pressable] = []
        self.by_id: dict[str, Pressable] = {}
        self.open: Pressable | None = None
        self.select: str | None = None
        self.first: str | None = None
        self.text: str | None = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            action = urljoin(self.here, said.get("action") or self.here)
            self.open = Pressable(said.get("method", "get").lower(), action)
            self.found.append(self.open)
            self.by_id[said.get("id", "")] = self.open
            return
        form = self.by_id.get(said["form"]) if said.get("form") else self.open
        if form and "disabled" not in said:
            self._control(form, tag, said)

    def _control(self, form, tag, said):
        name, value = said.get("name", ""), said.get("value", "")
        kind = said.get("type", "submit" if tag == "button" else "text")
        if kind == "submit" and tag in ("button", "input"):
            form.buttons.append((name, value))
        elif tag == "input" and name:
            form.names.add(name)
            is_box = kind in ("checkbox", "radio")
            if kind not in UNSENT and (not is_box or "checked" in said):
                form.says(name, said.get("value", "on" if is_box else ""))
        elif tag in ("select", "textarea"):
            form.names.add(name)
            self.select, self.text = (name, None) if tag == "select" else (None, name)
            self.first = None
        elif tag == "option" and self.select:
            self.first = value if self.first is None else self.first
            if "selected" in said:
                form.says(self.select, value)

    def handle_data(self, text):
        if self.text and self.open:
            self.open.says(self.text, text.lstrip("\n"))
            self.text = None

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select" and self.open and self.select:
            if self.select not in self.open.own and self.first is not None:
                self.open.says(self.select, self.first)
            self.select = None
        elif tag == "textarea":
            self.text = None


def form_of(
    page: str, here: str, action: str, good: dict[str, str]
) -> Pressable | None:
    """Return the form that goes there and has a control for all that is good."""
    there = urlsplit(action).path
    return next(
        (
            form
            for form in Forms(page, here).found
            if form.method == "post"
            and urlsplit(form.action).path == there
            and form.has(good)
        ),
        None,
    )

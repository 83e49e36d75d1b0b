"""Who knows what a letter says? One function for each template, named when it is ready.

What a letter says is asked when it is sent: what ended meanwhile is not told.
"""

from collections.abc import Callable

from django.utils.module_loading import import_string

from lms.mail.models import Letter

Facts = dict[str, object]
Draw = Callable[[Letter], Facts | None]

REGISTER: dict[str, str] = {}


def register(template: str, path: str) -> None:
    """Name the function `f(letter)` that draws letters of this template."""
    REGISTER[template] = path


def as_posted(letter: Letter) -> Facts:
    """Draw a letter that tells what has happened, whatever has become of it since."""
    return letter.facts | letter.secrets


def draw(letter: Letter) -> Facts | None:
    """Return what the template needs; None when there is nothing to say any more."""
    function: Draw = import_string(REGISTER[letter.template])
    return function(letter)

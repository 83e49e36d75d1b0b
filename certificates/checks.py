"""Can this machine make certificates? Asked when a command starts."""

from ctypes import CDLL
from ctypes.util import find_library

from django.core.checks import Error, Tags, register

# Name of the library → package of Debian and Ubuntu.
NEEDED = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


@register(Tags.compatibility)
def libraries_of_the_pdf_engine(app_configs, **kwargs):
    """Report the libraries that no wheel brings, with the line that installs them."""
    missing = [package for name, package in NEEDED.items() if not is_there(name)]
    if not missing:
        return []
    return [
        Error(
            f"Certificates cannot be made: {', '.join(missing)} is not installed.",
            hint=f"sudo apt-get install {' '.join(NEEDED.values())}",
            id="certificates.E001",
        )
    ]


def is_there(name: str) -> bool:
    """Return whether the dynamic linker finds the library, under Linux's name first."""
    try:
        return bool(CDLL(f"lib{name}.so.0"))
    except OSError:
        return find_library(name) is not None

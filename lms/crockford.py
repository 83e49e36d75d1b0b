"""How is a code written so that people can read it aloud? In Crockford's base 32."""

from collections.abc import Callable

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # 5 bits each; without I, L, O, U
AS_READ = str.maketrans("OIL", "011")


def fresh(length: int, choice: Callable[[str], str]) -> str:
    """Return a fresh code; `choice` picks one character (`secrets.choice`)."""
    return "".join(choice(SIGNS) for _place in range(length))


def read(typed: str, *, length: int) -> str | None:
    """Return the code that somebody typed, or None when it cannot be one.

    Forgives case, spaces and hyphens, O for 0, I and L for 1.
    """
    code = "".join(c for c in typed.upper() if c.isalnum()).translate(AS_READ)
    if len(code) != length or set(code) - set(SIGNS):
        return None
    return code


def in_fours(code: str) -> str:
    """Return the code in groups of four, as on paper and on a wall."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))

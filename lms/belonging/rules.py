"""Which typed texts name one place, and what does an address tell about a place?"""

from lms.folding import folded_text


def text_key(typed: str) -> str:
    """Return what texts have in common that differ in case, accents or signs only."""
    return " ".join(folded_text(typed).split()) or typed.strip()


def domain_of(address: str | None) -> str:
    """Return what stands after the @ of an address: where the mail goes, not whose."""
    return (address or "").rpartition("@")[2]


def own_claims(claimants: list[int], *, by: int) -> list[str]:
    """Return why these people may not be answered by this one: none when they may."""
    return ["own-claim"] if by in claimants else []

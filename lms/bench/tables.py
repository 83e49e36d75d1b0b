"""What does a bench report? Rows of what was measured, wanted, and whether it holds."""

from dataclasses import dataclass, field

SAID = {True: "yes", False: "NO", None: ""}


@dataclass(frozen=True, slots=True)
class Row:
    """One line; without an answer to `holds` it is only told."""

    cells: tuple[str, ...]
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head, and sentences about how they were come by."""

    head: tuple[str, ...]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing that was measured misses what is wanted."""
        return all(row.holds is not False for row in self.rows)

    def lines(self) -> list[str]:
        """Return the table as text, its columns aligned."""
        shown = [(*self.head, "holds")]
        shown += [(*row.cells, SAID[row.holds]) for row in self.rows]
        widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
        rule = ["-" * width for width in widths]
        return [
            "  ".join(
                cell.ljust(width) for cell, width in zip(cells, widths, strict=True)
            ).rstrip()
            for cells in [shown[0], rule, *shown[1:]]
        ] + self.notes

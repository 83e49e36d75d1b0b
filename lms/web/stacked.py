"""How is a table read where it has no room? As cards: each cell says its column."""

import re

from django.utils.html import strip_tags

COLUMN = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.S)
ROW = re.compile(r"<tr\b.*?</tr>", re.S)
CELL = re.compile(r"<(t[hd])\b[^>]*>(?P<empty>\s*</t)?")
UNSEEN = 'class="hidden"'


def with_headings(table: str) -> str:
    """Return the table with the name of its column in each cell after the head.

    The style sheets show the names where rows are cards. Left without: the cell that
    names the row, one that is empty, and a column whose heading is never seen.
    """
    head, end, rows = table.partition("</thead>")
    names = [_name(heading) for heading in COLUMN.findall(head)]
    return head + end + ROW.sub(lambda row: _named(row[0], names), rows)


def _name(heading: str) -> str:
    return "" if UNSEEN in heading else strip_tags(heading).strip()


def _named(row: str, names: list[str]) -> str:
    coming = iter(names)

    def named(cell: re.Match) -> str:
        name = next(coming, "")
        if not name or cell[1] == "th" or cell["empty"]:
            return cell[0]
        return f'{cell[0]}<b class="cell-head">{name}</b>'

    return CELL.sub(named, row)

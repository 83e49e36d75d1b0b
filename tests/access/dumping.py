"""What is stored: every row of every table, to see that nothing has changed."""

from django.db import connection

# What every request may touch: sessions, and how often somebody tried.
ALWAYS_MOVING = {"django_session", "lms_tries", "usersessions_usersession", "cache"}


def everything() -> dict[str, list[tuple]]:
    """Return all rows by table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {
            table: _rows(cursor, table)
            for table in sorted(tables)
            if table not in ALWAYS_MOVING
        }


def _rows(cursor, table: str) -> list[tuple]:
    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
    return cursor.fetchall()


def changed(before: dict, after: dict) -> list[str]:
    """Return the tables whose rows differ."""
    return [
        table
        for table in before
        if before[table] != after[table]
        and sorted(before[table], key=repr) != sorted(after[table], key=repr)
    ]

"""The completion report of a ministry: one query, seen on screen, in files, by API."""

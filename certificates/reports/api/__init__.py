"""The completion report for programs: the same query as every other output."""

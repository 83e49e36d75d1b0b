"""Courses that a cohort takes: with what dates, in what order, for whom otherwise."""

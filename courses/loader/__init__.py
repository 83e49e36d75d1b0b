"""Courses from files into pages, questions and notes, as often as one likes."""

"""Duty coverage: which posts have a certified person, and which will not have one."""

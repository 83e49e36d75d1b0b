"""How long may a room stay open, and for how many people?"""

MINUTES = (10, 20, 30, 60)

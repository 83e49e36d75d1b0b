"""Whatever a program sends, it gets what the description says, and no failure of ours.

`drill fuzz-api` does the same for longer, on a site with people.
"""

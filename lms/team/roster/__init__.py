"""A cohort's members by file: read, checked, shown, and only then invited."""

"""What stands before the first person comes: tables, files, courses, administrators."""

"""What learners see and do: lessons, enrolments, attempts."""

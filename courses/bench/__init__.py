"""What learning costs: courses, learners and requests for a bench."""

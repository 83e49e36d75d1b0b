"""The screens of assignments: trainers', learners', superiors', and calendars'."""

"""The one word that travels up: somebody completed a course.

Sent inside the transaction that records the completion; receivers only write rows.
"""

from django.dispatch import Signal

course_completed = Signal()

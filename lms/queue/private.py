"""Which tasks are given what is not to be kept: somebody's address, a code?"""

from django.tasks import Task

REGISTER: set[str] = set()


def forgotten_soon(task: Task) -> Task:
    """Have the rows of this task deleted hours after it was done or given up."""
    REGISTER.add(task.module_path)
    return task

"""What processes have in common that run for months: all they say is lines of a log."""

from lms.web.logs import write_uncaught


class WritesLines:
    """Makes a line of whatever ends the command, when it is a process of its own."""

    def run_from_argv(self, argv):
        write_uncaught()
        super().run_from_argv(argv)

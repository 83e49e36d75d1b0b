"""What is done to cohorts: see each module for its subject."""

from lms.team.actions.inviting import Asked, invite

__all__ = ["Asked", "invite"]

"""An editor's own settings in Wagtail, without a picture of them.

It would stand at a public address: whoever works here is nobody's to look at.
"""

from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel


class OwnAccountView(AccountView):
    """Leaves out the panel to which a picture of oneself is uploaded."""

    def get_panels(self):
        panels = super().get_panels()
        return [one for one in panels if not isinstance(one, AvatarSettingsPanel)]


def same_for_all(user, size) -> str:
    """Return the address of the picture that stands for everybody."""
    return versioned_static("wagtailadmin/images/default-user-avatar.png")

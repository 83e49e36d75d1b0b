"""What people see and do about themselves, and the doors before it."""

from lms.people.views.doors import admin_door, nobody, page_door
from lms.people.views.my_data import (
    account_closed,
    account_erased,
    account_inactive,
    close_account,
    erase_account,
    export_my_data,
    my_data,
)
from lms.people.views.own import (
    account,
    devices,
    end_device,
    end_other_devices,
    post,
)
from lms.people.views.sign_up import (
    ConfirmEmailView,
    EmailView,
    ReauthenticateKeyView,
    SignupView,
    refusing,
)

__all__ = [
    "ConfirmEmailView",
    "EmailView",
    "ReauthenticateKeyView",
    "SignupView",
    "account",
    "account_closed",
    "account_erased",
    "account_inactive",
    "admin_door",
    "close_account",
    "devices",
    "end_device",
    "end_other_devices",
    "erase_account",
    "export_my_data",
    "my_data",
    "nobody",
    "page_door",
    "post",
    "refusing",
]

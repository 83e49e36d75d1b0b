"""A browser whose session was opened with the second step, without the step itself."""

from allauth.account.internal.flows import login
from allauth.account.internal.userkit import user_id_to_str


def prove(browser, person):
    """Sign the person in as if they had shown their second step; return the browser."""
    browser.force_login(person)
    session = browser.session
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": 0}
    ]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(person)
    session.save()
    return browser

"""The secrets of the second step, as the database holds them: not to be read."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt, encrypt
from cryptography.fernet import InvalidToken

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OLD, NEW = "an-old-key", "a-new-key"


def test_key_of_the_app_is_kept_encrypted(ana):
    TOTP.activate(ana, SECRET)

    kept = Authenticator.objects.get(user=ana).data

    assert SECRET not in str(kept)
    assert decrypt(kept["secret"]) == SECRET


def test_seed_of_the_recovery_codes_is_kept_encrypted(ana):
    codes = RecoveryCodes.activate(ana)
    seed = decrypt(codes.instance.data["seed"])

    kept = Authenticator.objects.get(user=ana)

    assert seed not in str(kept.data)
    assert kept.wrap().get_unused_codes() == codes.get_unused_codes()


def test_same_secret_looks_different_every_time():
    assert encrypt(SECRET) != encrypt(SECRET)


def test_newest_key_encrypts_and_older_ones_still_decrypt(settings):
    settings.MFA_KEYS = [OLD]
    before = encrypt(SECRET)
    settings.MFA_KEYS = [NEW, OLD]
    during = encrypt(SECRET)

    assert decrypt(before) == decrypt(during) == SECRET
    settings.MFA_KEYS = [NEW]
    assert decrypt(during) == SECRET
    with pytest.raises(InvalidToken):
        decrypt(before)


def test_changed_secret_is_not_believed():
    kept = encrypt(SECRET)

    with pytest.raises(InvalidToken):
        decrypt(kept[:-10] + "AAAAAAAA==")

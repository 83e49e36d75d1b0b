"""With what are passwords hashed? With Argon2id, and so that a guess costs memory."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Django's hasher with the parameters of OWASP's Password Storage Cheat Sheet.

    https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    asks for Argon2id with 19 MiB, two rounds and one lane, or more. The 100 MiB and
    eight lanes of Django let a few sign-ins at once fill a small server's memory.
    """

    memory_cost = 19_456  # KiB
    time_cost = 2
    parallelism = 1

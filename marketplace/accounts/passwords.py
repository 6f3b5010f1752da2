"""Passwords as argon2 hashes: 19 MiB and two rounds (OWASP's set), so that eight sign-ins at once fit a small server."""

import argon2

_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    """Return the text to keep for a password."""
    return _HASHER.hash(password)


def is_password(password: str, kept: str) -> bool:
    """Tell whether this is the password whose hash was kept."""
    try:
        return _HASHER.verify(kept, password)
    except argon2.exceptions.VerifyMismatchError:
        return False


def waste_the_time_of_a_check(password: str) -> None:
    """Take as long as a real check, so that the answer's time does not tell whether a number has an account."""
    is_password(password, _NOBODYS)


_NOBODYS = hash_password("a password that nobody has")

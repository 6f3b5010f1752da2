"""Passwords as argon2 hashes: 19 MiB and two rounds (OWASP's set), so that eight sign-ins at once fit a small server."""

import secrets

import argon2

SHORTEST, LONGEST = 10, 200
# 80 random bits, written without what is misread.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GENERATED_LENGTH = 16

_HASHER = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def new_password() -> str:
    """Return a password that nobody guesses and that can be read out on the telephone."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_GENERATED_LENGTH))


def is_acceptable(password: str) -> bool:
    """Tell whether a new password is long enough, and short enough to be typed in at the door."""
    return SHORTEST <= len(password) <= LONGEST


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

"""Passwords hashed cheaply: hashing takes its time by design, and hundreds of tests have no reason to wait for it."""

import argon2

from marketplace.accounts import passwords

# What is kept for people's passwords outside the tests.
REAL_HASHER = passwords._HASHER


def hash_cheaply() -> None:
    """Hash and check passwords of this process with as little work as argon2 allows."""
    passwords._HASHER = argon2.PasswordHasher.from_parameters(argon2.profiles.CHEAPEST)
    passwords._NOBODYS = passwords.hash_password("a password that nobody has")

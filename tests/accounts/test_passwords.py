"""What a kept password costs whoever steals it."""

from marketplace.accounts.passwords import is_password
from tests.support.passwords import REAL_HASHER
from tests.support.personas import PASSWORD


def test_each_guess_at_a_stolen_password_takes_19_megabytes_twice_over():
    kept = REAL_HASHER.hash(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_password(PASSWORD, kept)
    assert not is_password(f"{PASSWORD} ", kept)

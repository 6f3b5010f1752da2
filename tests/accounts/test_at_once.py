"""Signing in at the moment in which all sign-ins end: whoever knew the old password alone is out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.errors import OldPasswordWrong, SignInRefused
from marketplace.accounts.models import Device, User
from marketplace.accounts.services.changes import change_password, move_to_village
from marketplace.accounts.services.devices import begin_device, end_sign_ins
from marketplace.accounts.services.leaving import erase_person
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.transactions import committed
from marketplace.regions.places import VillageName
from marketplace.regions.queries import get_village
from tests.support.personas import PASSWORD_HASH, a_person
from tests.support.places import KEDUNGREJO, plant_places

pytestmark = pytest.mark.both_databases
NEW_HASH = "the hash of another password"


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    with fresh_marketplace.app_context(), committed():
        plant_places()
        a_person()
    return fresh_marketplace


def siti() -> User:
    return db.session.scalars(select(User)).one()


def outcome_of_the_second(market: Flask, first: Callable[[], object], second: Callable[[], object]) -> object:
    """Let the second begin before the first commits; return what came of it, or its refusal."""

    def try_second() -> object:
        with market.app_context(), committed():
            return second()

    with ThreadPoolExecutor(1) as another, market.app_context():
        with committed():
            first()
            tried = another.submit(try_second)
            with pytest.raises(TimeoutError):
                tried.result(timeout=0.5)
        try:
            return tried.result(timeout=5)
        except (NotAllowed, OldPasswordWrong, SignInRefused) as refusal:
            return refusal


def sign_in() -> None:
    begin_device(siti(), 1, "Chrome di Android", str, clock.now())


def choose_another_password() -> None:
    change_password(siti(), siti(), PASSWORD_HASH, NEW_HASH, clock.now(), but=None)


def end_all() -> None:
    end_sign_ins(siti(), siti(), clock.now())


def leave() -> None:
    erase_person(siti(), siti(), clock.now())


def move() -> None:
    village: VillageName = get_village(KEDUNGREJO)
    move_to_village(siti(), siti(), village)


@pytest.mark.parametrize("ending", [choose_another_password, end_all, leave])
def test_who_was_let_in_before_all_sign_ins_ended_is_not_let_in_after(market, ending):
    assert isinstance(outcome_of_the_second(market, ending, sign_in), SignInRefused)

    with market.app_context():
        assert db.session.scalars(select(Device)).all() == []


@pytest.mark.parametrize("ending", [choose_another_password, end_all])
def test_a_sign_in_of_this_moment_ends_with_all_others(market, ending):
    assert outcome_of_the_second(market, sign_in, ending) is None

    with market.app_context():
        assert db.session.scalars(select(Device)).one().ended_at is not None


def test_of_two_new_passwords_at_once_the_first_is_kept(market):
    refusal = outcome_of_the_second(market, choose_another_password, choose_another_password)

    assert isinstance(refusal, OldPasswordWrong)


def test_two_who_end_all_sign_ins_at_once_are_counted_twice(market):
    assert outcome_of_the_second(market, end_all, end_all) is None

    with market.app_context():
        assert siti().session_version == 3


def test_who_moves_while_leaving_leaves_no_village_behind(market):
    assert isinstance(outcome_of_the_second(market, leave, move), NotAllowed)

    with market.app_context():
        assert siti().village_code is None

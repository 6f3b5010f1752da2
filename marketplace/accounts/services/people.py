"""Making accounts, giving offices, recognising people."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from marketplace.accounts import policy
from marketplace.accounts.errors import AlreadyAppointed, OfficeWithoutPlace, PasswordRefused, PhoneTaken, SignInRefused
from marketplace.accounts.models import AccountEventKind, Appointment, Office, User
from marketplace.accounts.passwords import hash_password, is_acceptable, is_password, waste_the_time_of_a_check
from marketplace.accounts.queries.people import find_appointment, find_user_by_phone
from marketplace.accounts.services.events import record
from marketplace.foundation import clock, phones
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.regions import queries as regions
from marketplace.regions.models import Regency


def create_account(
    actor: Actor, name: str, phone: str, password: str, village_code: str | None = None, is_example: bool = False
) -> User:
    """Make an account; `phone` in any typing. Refuses with PhoneRefused, PhoneTaken and PasswordRefused."""
    require(policy.may_create_account(actor))
    number = phones.to_e164(phone)
    if not is_acceptable(password):
        raise PasswordRefused
    if village_code is not None:
        regions.get_village(village_code)
    return register(actor, name, number, hash_password(password), village_code, clock.now(), is_example)


def register(
    actor: Actor,
    name: str,
    number: str,
    password_hash: str,
    village_code: str | None,
    at: datetime,
    is_example: bool = False,
) -> User:
    """Make an account for a number (E.164) and the hash of an acceptable password; refuses with PhoneTaken.

    The hash is made before, because that takes long and SQLite has one writer at a time.
    """
    require(policy.may_create_account(actor))
    if find_user_by_phone(number):
        raise PhoneTaken
    user = User(
        name=name,
        phone=number,
        password_hash=password_hash,
        village_code=village_code,
        is_example=is_example,
        created_at=at,
    )
    db.session.add(user)
    try:
        db.session.flush()
    except IntegrityError as error:
        # Of two at once with one number the database takes the first.
        raise PhoneTaken from error
    record(user, None, AccountEventKind.REGISTERED, at)
    return user


def appoint(actor: Actor, user: User, office: Office, regency: Regency | None = None) -> Appointment:
    """Give a person an office: officer of one kabupaten/kota, or administrator of the province.

    Refuses with OfficeWithoutPlace and AlreadyAppointed.
    """
    require(policy.may_appoint(actor))
    if (office is Office.OFFICER) != (regency is not None):
        raise OfficeWithoutPlace
    if find_appointment(user, office, regency):
        raise AlreadyAppointed
    appointment = Appointment(user=user, office=office, regency=regency, appointed_at=clock.now())
    db.session.add(appointment)
    db.session.flush()
    return appointment


def recognise(phone: str, password: str) -> User:
    """Return the person who has this number (in any typing) and this password, or refuse with SignInRefused."""
    try:
        user = find_user_by_phone(phones.to_e164(phone))
    except phones.PhoneRefused:
        user = None
    if user is None:
        waste_the_time_of_a_check(password)
        raise SignInRefused
    if not is_password(password, user.password_hash):
        raise SignInRefused
    return user

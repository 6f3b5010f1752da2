"""Making accounts, giving offices, recognising people."""

from marketplace.accounts import policy
from marketplace.accounts.errors import AlreadyAppointed, OfficeWithoutPlace, PasswordRefused, PhoneTaken, SignInRefused
from marketplace.accounts.models import Appointment, Office, User
from marketplace.accounts.passwords import hash_password, is_acceptable, is_password, waste_the_time_of_a_check
from marketplace.accounts.queries.people import find_appointment, find_user_by_phone
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
    if find_user_by_phone(number):
        raise PhoneTaken
    user = User(
        name=name,
        phone=number,
        password_hash=hash_password(password),
        village_code=village_code,
        is_example=is_example,
        created_at=clock.now(),
    )
    db.session.add(user)
    db.session.flush()
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

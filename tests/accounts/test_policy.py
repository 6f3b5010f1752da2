"""Who makes accounts, ends sign-ins and gives offices."""

from marketplace.accounts import policy
from marketplace.foundation.access import CONSOLE, Visitor
from tests.support.personas import a_person, an_administrator, an_officer_of


def test_who_has_no_account_makes_one_and_the_console_makes_them_for_others():
    assert policy.may_create_account(CONSOLE)
    assert policy.may_create_account(Visitor())
    for person in (a_person(), an_officer_of(), an_administrator()):
        assert not policy.may_create_account(person)


def test_people_end_their_own_sign_ins_and_the_console_those_of_everybody():
    siti = a_person()

    assert policy.may_end_sign_ins(CONSOLE, siti)
    assert policy.may_end_sign_ins(siti, siti)
    for person in (Visitor(), a_person(name="Budi"), an_officer_of(), an_administrator()):
        assert not policy.may_end_sign_ins(person, siti)


def test_offices_are_given_at_the_console_alone():
    assert policy.may_appoint(CONSOLE)
    for person in (Visitor(), a_person(), an_officer_of(), an_administrator()):
        assert not policy.may_appoint(person)

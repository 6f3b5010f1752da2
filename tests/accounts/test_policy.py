"""Who makes accounts and gives offices today: the console alone."""

from marketplace.accounts import policy
from marketplace.foundation.access import CONSOLE, Visitor
from tests.support.personas import a_person, an_administrator, an_officer_of


def test_accounts_are_made_at_the_console_alone():
    assert policy.may_create_account(CONSOLE)
    for person in (Visitor(), a_person(), an_officer_of(), an_administrator()):
        assert not policy.may_create_account(person)


def test_sign_ins_of_others_are_ended_at_the_console_alone():
    siti = a_person()

    assert policy.may_end_sign_ins(CONSOLE, siti)
    for person in (Visitor(), siti, an_officer_of(), an_administrator()):
        assert not policy.may_end_sign_ins(person, siti)


def test_offices_are_given_at_the_console_alone():
    assert policy.may_appoint(CONSOLE)
    for person in (Visitor(), a_person(), an_officer_of(), an_administrator()):
        assert not policy.may_appoint(person)

"""One request, one transaction: committed when it succeeded, undone otherwise."""

import pytest

from marketplace.foundation.database import db
from marketplace.foundation.transactions import after_commit, committed
from marketplace.regions.models import Province


def has_province(code: str) -> bool:
    return db.session.get(Province, code) is not None


def test_a_form_that_is_accepted_is_saved(visitor, told):
    answer = visitor.submit("/uji/provinsi", code="97")

    assert answer.status_code == 302
    assert has_province("97")
    assert told == ["told"]


def test_a_refusal_undoes_what_was_already_written(visitor, told):
    answer = visitor.submit("/uji/provinsi", code="00")

    assert answer.status_code == 422
    assert not has_province("00")
    assert told == []


def test_a_write_that_no_form_has_checked_is_a_fault(visitor):
    assert visitor.post("/uji/tanpa-formulir").status_code == 500


def test_a_form_from_another_site_writes_nothing(visitor):
    answer = visitor.post("/uji/provinsi", data={"code": "97"})

    assert answer.status_code == 422
    assert not has_province("97")


def test_a_page_that_writes_while_reading_fails_its_test(visitor):
    with pytest.raises(AssertionError, match="left changes uncommitted"):
        visitor.get("/uji/menulis")
    assert not has_province("98")


@pytest.mark.usefixtures("probes")
class TestCommand:
    def test_it_is_one_transaction(self):
        with committed():
            db.session.add(Province(code="96", decreed_name="Uji", latitude=0, longitude=0))
        db.session.rollback()

        assert has_province("96")

    def test_a_fault_undoes_all_of_it(self):
        with pytest.raises(KeyboardInterrupt), committed():
            db.session.add(Province(code="96", decreed_name="Uji", latitude=0, longitude=0))
            db.session.flush()
            raise KeyboardInterrupt

        assert not has_province("96")

    def test_effects_wait_for_the_commit_and_happen_once(self):
        happened = []
        with committed():
            after_commit(lambda: happened.append("removed"))
            assert happened == []
        with committed():
            pass

        assert happened == ["removed"]

    def test_effects_of_a_failed_command_never_happen(self):
        happened = []
        with pytest.raises(ValueError, match="no"), committed():
            after_commit(lambda: happened.append("removed"))
            raise ValueError("no")
        with committed():
            pass

        assert happened == []

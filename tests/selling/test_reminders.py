"""What nobody answers for is put away by the server, and waits there."""

from datetime import timedelta

import pytest

from marketplace.catalogue.models.listings import ArchiveReason
from marketplace.foundation import clock
from marketplace.foundation.errors import NotAllowed
from marketplace.selling.services.archive import archive_unanswered
from tests.support.personas import a_business, a_person, a_product

pytestmark = pytest.mark.usefixtures("app")


def test_an_operator_puts_away_what_nobody_answers_for(app):
    owner = a_person()
    silent = a_product(a_business(owner_id=owner.id), confirmed_at=clock.now() - timedelta(days=121))

    result = app.test_cli_runner().invoke(args=["selling", "remind"])

    assert "1 disimpan di arsip" in result.output
    assert silent.archive_reason is ArchiveReason.UNANSWERED


def test_a_seller_does_not_put_away_what_others_sell():
    with pytest.raises(NotAllowed):
        archive_unanswered(a_person(), clock.now())

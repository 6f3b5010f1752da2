"""Two people who send the same photo at one moment, each in a transaction of their own."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.photos.services import accept_photo
from tests.photos.samples import plain, saved

pytestmark = pytest.mark.both_databases


def test_of_two_who_send_the_same_photo_at_once_both_have_it(fresh_marketplace: Flask):
    upload = saved(plain(), "JPEG")

    def send() -> int:
        with fresh_marketplace.app_context(), committed():
            return accept_photo(io.BytesIO(upload)).id

    with ThreadPoolExecutor(1) as another, fresh_marketplace.app_context():
        with committed():
            photo_id = accept_photo(io.BytesIO(upload)).id
            sent = another.submit(send)
            with pytest.raises(TimeoutError):
                sent.result(timeout=0.5)

        assert sent.result(timeout=5) == photo_id
        assert db.session.scalar(select(func.count()).select_from(Photo)) == 1

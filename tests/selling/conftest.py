"""A storage of its own for each test of selling: files are not undone as rows are."""

import pytest

from marketplace.foundation.storage import LocalStorage


@pytest.fixture
def files(app, tmp_path, monkeypatch) -> LocalStorage:
    """An empty storage, used by the application during this test."""
    storage = LocalStorage(tmp_path / "photos")
    monkeypatch.setitem(app.extensions, "storage", storage)
    return storage

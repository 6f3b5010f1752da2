"""How pages take turns when many are asked for at once."""

import threading

from marketplace.server import TurnsForPages

PAGE = {"REQUEST_METHOD": "GET", "PATH_INFO": "/produk"}
PHOTO = {"REQUEST_METHOD": "GET", "PATH_INFO": "/foto/a-320.webp"}
SIGN_IN = {"REQUEST_METHOD": "POST", "PATH_INFO": "/masuk"}
SECONDS = 5


class SlowApplication:
    """Answers a page only when told to; counts how many it works on at the same time."""

    def __init__(self):
        self.entered, self.may_answer = threading.Semaphore(0), threading.Event()

    def __call__(self, environ, start_response):
        self.entered.release()
        assert self.may_answer.wait(SECONDS)
        return [b""]


def asked_for(application, environ) -> threading.Thread:
    visitor = threading.Thread(target=application, args=(environ, None), daemon=True)
    visitor.start()
    return visitor


def test_a_photo_and_a_sign_in_do_not_wait_for_a_page():
    slow = SlowApplication()
    application = TurnsForPages(slow)
    visitors = [asked_for(application, environ) for environ in (PAGE, PHOTO, SIGN_IN)]

    assert all(slow.entered.acquire(timeout=SECONDS) for _ in visitors)
    slow.may_answer.set()


def test_one_slow_page_does_not_hold_up_the_others():
    slow = SlowApplication()
    application = TurnsForPages(slow)
    visitors = [asked_for(application, PAGE) for _ in range(3)]

    assert all(slow.entered.acquire(timeout=SECONDS) for _ in visitors)
    slow.may_answer.set()
    for visitor in visitors:
        visitor.join(SECONDS)


def test_a_second_page_waits_for_its_turn(monkeypatch):
    monkeypatch.setattr("marketplace.server.LONGEST_WAIT", SECONDS)
    slow = SlowApplication()
    application = TurnsForPages(slow)
    asked_for(application, PAGE)
    asked_for(application, PAGE)

    assert slow.entered.acquire(timeout=SECONDS)
    assert not slow.entered.acquire(timeout=0.2)
    slow.may_answer.set()
    assert slow.entered.acquire(timeout=SECONDS)

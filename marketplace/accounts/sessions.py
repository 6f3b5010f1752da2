"""Who a session cookie belongs to."""

from marketplace.accounts.queries.people import find_user_of_cookie
from marketplace.foundation.access import login_manager


def recognise_people() -> None:
    """Let pages know who is signed in."""
    login_manager.user_loader(find_user_of_cookie)

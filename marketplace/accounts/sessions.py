"""Who a session cookie belongs to."""

from marketplace.accounts import queries
from marketplace.foundation.access import login_manager


def recognise_people() -> None:
    """Let pages know who is signed in."""
    login_manager.user_loader(queries.find_user_of_cookie)

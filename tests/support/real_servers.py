"""Which real servers and browsers a run used: told by whoever starts one, printed at the end."""

ran: dict[str, str] = {}


def note(name: str, version: str) -> None:
    """Remember that this server answered in this run, such as `note("PostgreSQL", "18.6")`."""
    ran[name] = version

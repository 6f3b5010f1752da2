"""What the search refuses."""

from marketplace.foundation.errors import Invalid

LONGEST_FIELD = 40


class BadParameter(Invalid):
    """A parameter of a program's search that is unknown, given too often, or has a value that it cannot have."""

    def __init__(self, field: str, user_message: str):
        super().__init__(user_message)
        self.field = field[:LONGEST_FIELD]

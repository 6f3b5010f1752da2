"""What "nearby" means to a page: the kabupaten in whose villages it looks."""

from marketplace.foundation.database import db
from marketplace.regions.models import Regency
from tests.support.places import KOTA_MALANG, TUBAN


def make_neighbours() -> None:
    """Let Tuban and Kota Malang look into each other's villages, as neighbours do."""
    for own, other in ((TUBAN, KOTA_MALANG), (KOTA_MALANG, TUBAN)):
        db.session.get_one(Regency, own).neighbour_codes = f"{own},{other}"
    db.session.flush()

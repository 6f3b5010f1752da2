"""The few places that tests speak of, as the reference data has them."""

from marketplace.foundation.database import db
from marketplace.regions.models import District, Province, Regency, RegencyKind, Village, VillageKind

TUBAN = "35.23"
KEREK = "35.23.08"
KEDUNGREJO = "35.23.08.2009"
MARGOREJO = "35.23.08.2008"
KOTA_MALANG = "35.73"
BLIMBING = "35.73.01"
PURWANTORO = "35.73.01.1007"


def plant_places() -> None:
    """Add the province, a kabupaten with two desa of one kecamatan, and a kota with a kelurahan."""
    places = (
        Province(code="35", decreed_name="Jawa Timur", latitude=-7.81613, longitude=112.61389),
        _regency(TUBAN, "Kabupaten Tuban", RegencyKind.REGENCY, -6.95341, 111.89225),
        _district(KEREK, "Kerek", -6.88931, 111.85318),
        _village(KEDUNGREJO, "Kedungrejo", VillageKind.RURAL, -6.86150, 111.87212),
        _village(MARGOREJO, "Margorejo", VillageKind.RURAL, -6.90058, 111.86670),
        _regency(KOTA_MALANG, "Kota Malang", RegencyKind.CITY, -7.97830, 112.63591),
        _district(BLIMBING, "Blimbing", -7.95271, 112.65060),
        _village(PURWANTORO, "Purwantoro", VillageKind.URBAN, -7.95413, 112.64446),
    )
    for place in places:
        db.session.add(place)
        db.session.flush()


def _regency(code: str, name: str, kind: RegencyKind, latitude: float, longitude: float) -> Regency:
    return Regency(
        code=code,
        kind=kind,
        decreed_name=name,
        province_code=code[:2],
        latitude=latitude,
        longitude=longitude,
    )


def _district(code: str, name: str, latitude: float, longitude: float) -> District:
    return District(code=code, decreed_name=name, regency_code=code[:5], latitude=latitude, longitude=longitude)


def _village(code: str, name: str, kind: VillageKind, latitude: float, longitude: float) -> Village:
    return Village(
        code=code,
        kind=kind,
        decreed_name=name,
        district_code=code[:8],
        regency_code=code[:5],
        latitude=latitude,
        longitude=longitude,
    )

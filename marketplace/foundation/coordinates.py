"""Points on the map as people paste them: two numbers, or a link that a map application shares."""

import re

NUMBER = r"([-+]?\d{1,3}(?:\.\d{1,20})?)"
# What a copied minus or comma may be.
PLAIN = str.maketrans({"‑": "-", "−": "-", "–": "-", "，": ",", "\u00a0": " "})
WITH_DECIMAL_COMMAS = re.compile(r"([-+]?\d{1,3}),(\d{1,20})[\s;]+([-+]?\d{1,3}),(\d{1,20})")
TWO_NUMBERS = re.compile(rf"{NUMBER}°?\s*[,;\s]\s*{NUMBER}°?")
# The pin of a place comes before the middle of what was in view.
IN_A_LINK = (
    re.compile(rf"!3d{NUMBER}!4d{NUMBER}"),
    re.compile(rf"[?&](?:q|ll|query|destination|daddr|center)=(?:loc:)?{NUMBER}(?:,|%2C)\s*\+?{NUMBER}", re.IGNORECASE),
    re.compile(rf"[?&#]mlat={NUMBER}&mlon={NUMBER}"),
    re.compile(rf"@{NUMBER},{NUMBER}"),
    re.compile(rf"#map=\d{{1,2}}(?:\.\d+)?/{NUMBER}/{NUMBER}"),
    re.compile(rf"geo:{NUMBER},{NUMBER}"),
)


def parse_point(text: str) -> tuple[float, float] | None:
    """Read latitude and longitude in degrees from `-7.98, 112.63` or the link of a map; None for what holds no point."""
    plain = text.translate(PLAIN).strip()
    if match := WITH_DECIMAL_COMMAS.fullmatch(plain):
        return _on_earth(f"{match[1]}.{match[2]}", f"{match[3]}.{match[4]}")
    if match := TWO_NUMBERS.fullmatch(plain.strip("()")):
        return _on_earth(match[1], match[2])
    for pattern in IN_A_LINK:
        if match := pattern.search(plain):
            return _on_earth(match[1], match[2])
    return None


def _on_earth(latitude: str, longitude: str) -> tuple[float, float] | None:
    point = float(latitude), float(longitude)
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None

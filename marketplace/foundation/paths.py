"""Where the folders lie that stand beside the package in a checkout and inside it once installed."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def templates_folder() -> Path:
    """Return the folder of Jinja templates."""
    return _beside_or_inside("templates")


def static_folder() -> Path:
    """Return the folder of style sheets, scripts, fonts and images."""
    return _beside_or_inside("static")


def migrations_folder() -> Path:
    """Return the folder of Alembic migrations."""
    return _beside_or_inside("migrations")


def _beside_or_inside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name

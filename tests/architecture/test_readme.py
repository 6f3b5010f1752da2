"""The README tells every setting, as it is."""

import re

from marketplace.config import Settings
from tests.architecture.source import PACKAGE
from tests.support.repository import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (`[A-Z0-9_]+`(?:, `[A-Z0-9_]+`)*) \| (.*?) \|", re.MULTILINE)


def settings_told() -> dict[str, str]:
    """Return what the README's table says to be the default of each setting."""
    return {name: default for names, default in ROW.findall(README) for name in re.findall(r"\w+", names)}


def test_every_setting_is_told_and_no_other():
    source = (PACKAGE / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r'read\.\w+\("([A-Z0-9_]+)"', source))

    assert set(settings_told()) == read


def test_the_defaults_are_the_true_ones():
    told = settings_told()
    for name in ("HOST", "PORT", "PHOTO_STORAGE", "S3_REGION", "RATE_LIMIT_URL", "TRUSTED_PROXIES", "LOG_FORMAT"):
        assert told[name] == f"`{getattr(Settings, name.lower())}`"


def test_the_two_commands_are_told():
    assert "\n./run " in README
    assert "\n./test " in README

"""What people call the browser that they use, from what it says of itself."""

import re

UNKNOWN = "Peramban lain"

# Each before those that it also calls itself.
BROWSERS = (
    (re.compile(r"\bEdg(e|A|iOS)?/"), "Edge"),
    (re.compile(r"\b(OPR|OPX|Opera)/"), "Opera"),
    (re.compile(r"\bSamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"\bUC?Browser/|\bUCWEB"), "UC Browser"),
    (re.compile(r"\bMiuiBrowser/"), "Mi Browser"),
    (re.compile(r"\b(Firefox|FxiOS)/"), "Firefox"),
    (re.compile(r"\b(Chrome|CriOS|Chromium|HeadlessChrome)/"), "Chrome"),
    (re.compile(r"\bVersion/[\d.]+ .*Safari/"), "Safari"),
)
SYSTEMS = (
    (re.compile(r"\bAndroid\b"), "Android"),
    (re.compile(r"\biPhone\b"), "iPhone"),
    (re.compile(r"\biPad\b"), "iPad"),
    (re.compile(r"\bWindows\b"), "Windows"),
    (re.compile(r"\bCrOS\b"), "Chromebook"),
    (re.compile(r"\bMac OS X\b|\bMacintosh\b"), "Mac"),
    (re.compile(r"\bLinux\b"), "Linux"),
)


def name_of_browser(user_agent: str) -> str:
    """Return `Chrome di Android` for the header that such a browser sends, `Peramban lain` for one not known."""
    browser = _first_found(BROWSERS, user_agent)
    system = _first_found(SYSTEMS, user_agent)
    if browser is None:
        return UNKNOWN
    return f"{browser} di {system}" if system else browser


def _first_found(known: tuple[tuple[re.Pattern, str], ...], user_agent: str) -> str | None:
    return next((name for pattern, name in known if pattern.search(user_agent)), None)

"""What a page tells search engines and chat applications about itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import current_app, request

from marketplace.foundation.formatting import sentence_of

LONGEST_DESCRIPTION = 160


@dataclass(frozen=True)
class PageMeta:
    """A page's title, one sentence about it, and its one address.

    `path` is the page's own path, of which `canonical` is the absolute form; `image` the absolute address of a JPEG
    or PNG for previews; `price` whole rupiah; `structured` schema.org objects.
    """

    title: str
    description: str
    path: str
    image: str | None = None
    image_width: int | None = None
    image_height: int | None = None
    kind: str = "website"
    price: int | None = None
    structured: Sequence[dict] = field(default_factory=tuple)
    robots: str | None = None

    def __post_init__(self):
        object.__setattr__(self, "description", sentence_of(self.description, LONGEST_DESCRIPTION))

    @property
    def canonical(self) -> str:
        return absolute_url(self.path)


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page; the page itself has no address."""

    label: str
    url: str | None = None


def same_query(path: str) -> str:
    """Return the path with the query of this request, for leading a visitor on to where a page is now."""
    query = request.query_string.decode("ascii", "ignore")
    return f"{path}?{query}" if query else path


def way_back(crumbs: Sequence[Crumb]) -> str:
    """Return the address of the last step before this page, or the home page's."""
    return next((crumb.url for crumb in reversed(crumbs) if crumb.url), "/")


def absolute_url(path: str) -> str:
    """Return a path of ours with the address under which the public knows us (PUBLIC_URL)."""
    return f"{current_app.extensions['settings'].public_url}{path}"


def structured_crumbs(crumbs: Sequence[Crumb], path: str) -> dict:
    """Return the way to a page as schema.org's BreadcrumbList."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": crumb.label, "item": absolute_url(crumb.url or path)}
            for position, crumb in enumerate(crumbs, start=1)
        ],
    }

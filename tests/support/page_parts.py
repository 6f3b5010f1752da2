"""Parts of a page by what they are: cards, facts, the way here."""

from tests.support.client import OpenedPage
from tests.support.page_faults import words_of


def cards_on(page: OpenedPage) -> dict[str, str]:
    """Return all that is read on each card of the page, by the card's name, in the order of the page."""
    cards = page.tree.findall(".//ul[@class]/li[@class]")
    named = [(card.find(".//a[@class='card__link']"), card) for card in cards]
    return {words_of(link): words_of(card) for link, card in named if link is not None}


def facts_on(page: OpenedPage) -> dict[str, str]:
    """Return what the page says in its lists of labels and values."""
    pairs = [(row.find("dt"), row.find("dd")) for row in page.tree.findall(".//dl/div")]
    return {words_of(label): words_of(value) for label, value in pairs}


def sections_on(page: OpenedPage) -> dict[str, list[str]]:
    """Return the names of the cards in each section, by the section's heading."""
    sections = [(section.find(".//h2"), section) for section in page.tree.findall(".//section")]
    return {
        words_of(heading): [words_of(link) for link in section.findall(".//a[@class='card__link']")]
        for heading, section in sections
        if heading is not None
    }


def structured_on(page: OpenedPage, kind: str) -> dict:
    """Return the page's one block of schema.org's `kind`."""
    (block,) = [block for block in page.structured if block["@type"] == kind]
    return block

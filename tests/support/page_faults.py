"""What is wrong with a page, found in any page that any test opens."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5 import inputstream
from tinyhtml5.parser import HTMLParser

INLINE_SCRIPT_TYPES = {"application/ld+json"}
# Attributes that name the id of another element.
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "form")


class _Patterns(dict):
    """The patterns with which the parser looks for the end of a word; its own memory of them forgets each at once."""

    def __missing__(self, key: tuple) -> re.Pattern:
        letters, are_sought = key
        beginning = "[" if are_sought else "[^"
        self[key] = re.compile(beginning + "".join(f"\\x{ord(letter):02x}" for letter in letters) + "]+")
        return self[key]


# Reading pages is most of what tests of pages do: it is half as long with the patterns kept.
inputstream.characters_until_regex = _Patterns()


def parse_page(html: str) -> tuple[Element, list[str]]:
    """Return the page as a tree, and the errors of its syntax."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    errors = [f"line {line}: {code} {details or ''}".strip() for (line, _column), code, details in parser.errors]
    return tree, errors


def words_of(element: Element | None) -> str:
    """Return the text that a person reads in an element, with single spaces."""
    if element is None:
        return ""
    return " ".join("".join(_texts(element)).split())


def list_faults(tree: Element, headers) -> list[str]:
    """Return a sentence for each thing that no page may have."""
    elements = list(tree.iter())
    return [
        *_faults_of_outline(tree),
        *_faults_of_ids(elements),
        *_faults_of_code_in_page(elements),
        *_faults_of_links_and_pictures(elements),
        *_faults_of_headers(headers),
    ]


def _faults_of_outline(tree: Element) -> Iterator[str]:
    if tree.get("lang") != "id":
        yield "the page does not say that it is Indonesian"
    if not words_of(tree.find("head/title")):
        yield "no title"
    headings = len(tree.findall(".//h1"))
    if headings != 1:
        yield f"{headings} h1"
    if len(tree.findall(".//main")) != 1:
        yield "not exactly one main"


def _faults_of_ids(elements: list[Element]) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for element in elements:
        for attribute in REFERENCES:
            for name in element.get(attribute, "").split():
                if name not in ids:
                    yield f"{element.tag} {attribute}={name!r} names no element"


def _faults_of_code_in_page(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        if element.tag == "style" or element.get("style") is not None:
            yield f"a style inside the page: {element.tag}"
        yield from (f"{element.tag} has {name}" for name in element.attrib if name.startswith("on"))
        if element.tag == "script" and element.get("src") is None:
            yield from _faults_of_data_block(element)


def _faults_of_data_block(script: Element) -> Iterator[str]:
    if script.get("type") not in INLINE_SCRIPT_TYPES:
        yield "a script inside the page"
        return
    try:
        json.loads(script.text or "")
    except ValueError as error:
        yield f"a data block that is not JSON: {error}"


def _faults_of_links_and_pictures(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        address = element.get("href", "")
        if element.tag == "a" and (address == "#" or address.startswith("javascript:")):
            yield f"a link that leads nowhere: {words_of(element)!r}"
        if element.tag == "img" and (element.get("alt") is None or not element.get("width")):
            yield f"a picture without alt or width: {element.get('src')}"


def _faults_of_headers(headers) -> Iterator[str]:
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'self'" not in policy or "unsafe" in policy:
        yield f"a weak content security policy: {policy!r}"


def _texts(element: Element) -> Iterator[str]:
    if element.tag not in {"script", "style", "template"}:
        yield element.text or ""
        for child in element:
            yield from _texts(child)
            yield child.tail or ""

"""Pages as a browser reads them: parsed by the rules of HTML5, into the elements of the standard library."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from selectolax.lexbor import LexborHTMLParser, LexborNode


def parse(page: str) -> Element:
    """The root element of a page, names without their namespace, comments left out."""
    root = LexborHTMLParser(page).root
    assert root is not None, "no page at all"
    return _element(root)


def texts(page: str, css: str) -> list[str]:
    """What stands in each element that `css` selects, runs of blanks made one."""
    return [" ".join(node.text().split()) for node in LexborHTMLParser(page).css(css)]


def numbers(page: str, css: str) -> list[int]:
    """The first number in each of them that holds one."""
    found = (re.search(r"\d+", text) for text in texts(page, css))
    return [int(number[0]) for number in found if number]


def hrefs(page: str, selector: str = "main a") -> list[str]:
    """Where the links lead that a CSS selector finds, in the order of the page."""
    return [node.attributes.get("href") or "" for node in LexborHTMLParser(page).css(selector)]


def _element(node: LexborNode) -> Element:
    # The value of an attribute that has none is the empty string, as in a browser.
    element = Element(node.tag, {name: value or "" for name, value in node.attributes.items()})
    last, child = None, node.child
    while child is not None:
        if child.is_element_node:
            last = _element(child)
            element.append(last)
        elif child.is_text_node:
            text = child.text_content or ""
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        child = child.next
    return element

"""Reading of made pages: each helper fails with a sentence where what it looks for is missing."""

from bs4 import BeautifulSoup, Tag


def parsed(html: str) -> BeautifulSoup:
    """The markup as a tree."""
    return BeautifulSoup(html, "html.parser")


def one(tree: Tag, selector: str) -> Tag:
    """The first element that the selector finds."""
    found = tree.select_one(selector)
    assert found is not None, f"nothing matches {selector}"
    return found


def words(tree: Tag, attribute: str) -> list[str]:
    """The words of an attribute."""
    value = tree.get(attribute) or ""
    return value.split() if isinstance(value, str) else list(value)


def texts(tree: Tag, selector: str) -> list[str]:
    """The text of each element that the selector finds, with white space folded."""
    return [" ".join(element.get_text(" ", strip=True).split()) for element in tree.select(selector)]

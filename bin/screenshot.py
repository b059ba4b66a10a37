"""`make screenshot`: the picture in the README, taken of a running demonstration: `make demo`, then this.

Run by the Python of the environment, because it needs Playwright.
"""

import os
from pathlib import Path

from house import ROOT, RefusedError, main, say
from playwright.sync_api import Error, sync_playwright
from tools import find_chromium

TARGET = ROOT / "docs" / "home.png"
WIDTH, HEIGHT = 1280, 800


def take(url: str, target: Path) -> None:
    """Saves what a visitor sees first at that address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        try:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
            page.goto(url)
            page.screenshot(path=target)
        except Error as error:
            raise RefusedError(f"Nothing answers at {url}: start the demonstration first, with make demo.") from error
        finally:
            browser.close()


def act() -> int:
    """Takes the picture."""
    TARGET.parent.mkdir(exist_ok=True)
    take(f"http://localhost:{os.environ.get('PORT') or 8000}/en/", TARGET)
    say(f"Written: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    main(act)

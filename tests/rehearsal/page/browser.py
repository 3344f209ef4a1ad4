"""Opens pages in headless Chromium at phone and desktop width, light and dark: `make check-report`.

Without a browser it says so and passes: the pages' HTML is asserted by the tests in any case.
"""

from __future__ import annotations

import itertools
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTHS = (375, 1280)
SCHEMES = {"light": "1", "dark": "0"}
"""Chromium's own numbers for the colour scheme that a reader prefers."""
SECONDS = 60
SMALLEST_PICTURE = 5_000
"""Bytes of a screenshot with text on it; an empty page compresses to less."""


def main(pages: list[str]) -> int:
    """Exit 1 where a page does not open or logs an error."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print(f"skipped: none of {', '.join(BROWSERS)} is on PATH")
        return 0
    for page in pages:
        for width, scheme in itertools.product(WIDTHS, SCHEMES):
            problem = _open(browser, Path(page).resolve(), width, scheme)
            if problem:
                print(f"{page} at {width} px, {scheme}: {problem}", file=sys.stderr)
                return 1
        print(f"{page}: opened at {' and '.join(map(str, WIDTHS))} px, {' and '.join(SCHEMES)}")
    return 0


def _open(browser: str, page: Path, width: int, scheme: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        command = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [
            "--enable-logging=stderr",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            f"--user-data-dir={folder}",
        ]
        command += [f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"]
        command += [f"--window-size={width},900", f"--screenshot={picture}", page.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return f"did not open within {SECONDS} s"
        errors = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        if done.returncode or errors:
            return "; ".join(errors) or done.stderr.strip()[-300:]
        if not picture.is_file() or picture.stat().st_size < SMALLEST_PICTURE:
            return "shows nothing"
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

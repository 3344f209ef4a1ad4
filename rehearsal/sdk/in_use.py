"""Which modules of the provider SDKs a program imports, read from its files without running them.

They are imported before the program's process is forked: it and the checks, which read the types, then share one import
of what takes half of a rehearsal. It is a guess: what it misses is imported later, where it is needed.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

_SDKS = ("pulumi_azure_native", "pulumi_databricks")

_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(?P<module>[\w.]+)[ \t]+import[ \t]+(?P<names>\([^)]*\)|[^\n]*)"
    r"|import[ \t]+(?P<modules>[^\n]*))",
    re.MULTILINE,
)


def import_sdk_modules(program: Path) -> None:
    """Imports what the program and the files of its folder that it imports name of the SDKs. What cannot be imported is
    left for the program to report."""
    for name in sorted(_modules_in_use(program)):
        with contextlib.suppress(Exception):
            # azure-native loads a module when it is first asked for anything but its name and place.
            getattr(importlib.import_module(name), "__all__", None)


def _modules_in_use(program: Path) -> frozenset[str]:
    folder = program.parent
    found: set[str] = set()
    looked_for: set[str] = set()
    waiting = [str(program)]
    while waiting:
        path = waiting.pop()
        if not os.path.isfile(path):
            continue
        text = Path(path).read_text(encoding="utf-8", errors="replace")
        for name in set(_imported(text)):
            if name.startswith(_SDKS):
                found.update(_sdk_modules(name, text))
                continue
            files = set(_files(name, str(folder))) - looked_for
            looked_for |= files
            waiting += files
    return frozenset(found)


def _imported(text: str) -> Iterator[str]:
    """`a.b.c` for `from a.b import c` and for `import a.b.c`."""
    for match in _IMPORT.finditer(text):
        if match["module"]:
            names = re.findall(
                r"(\w+)(?:\s+as\s+\w+)?\s*(?:,|$)", re.sub(r"#[^\n]*|[()]", "", match["names"]).strip()
            )
            yield from (f"{match['module']}.{name}" for name in names)
        else:
            yield from (part.strip() for part in match["modules"].split("#")[0].split(","))


def _sdk_modules(name: str, text: str) -> Iterator[str]:
    """The module itself, and for `import pulumi_azure_native as alias` those that the text names by the alias."""
    module, _, alias = name.partition(" as ")
    package, _, below = module.strip().partition(".")
    yield package
    if package != "pulumi_azure_native":
        return  # the other's classes all load with it
    if below:
        yield f"{package}.{below.partition('.')[0]}"
    else:
        yield from (
            f"{package}.{used}" for used in re.findall(rf"\b{alias.strip() or package}\.([a-z]\w*)", text)
        )


def _files(name: str, folder: str) -> Iterator[str]:
    """The files below the folder that the import of a module or of a name in it runs."""
    place = folder
    for part in name.split(" as ")[0].strip().split("."):
        place = os.path.join(place, part)
        yield f"{place}.py"
        yield os.path.join(place, "__init__.py")

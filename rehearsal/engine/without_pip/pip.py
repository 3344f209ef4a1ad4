"""Stands in for pip where an environment has none: `python -m pip list --format json`, and nothing else.

Pulumi's Python language host asks this before every operation, to learn which plugins a program needs (pulumi
sdk/python/toolchain/pip.go `ListPackages`), and fails where pip is missing, as in an environment made by `uv venv`.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import distributions


def main(arguments: list[str]) -> int:
    """Prints the packages of this environment. Anything but a list is refused."""
    if arguments[:1] != ["list"]:
        print("this environment has no pip; only `list` is answered here", file=sys.stderr)
        return 1
    found = {str(item.metadata["Name"]): str(item.version) for item in distributions()}
    print(json.dumps([{"name": name, "version": version} for name, version in sorted(found.items())]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What a program sees of its process, as under the engine's Python host: folder, environment, module path."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from types import ModuleType

HIDDEN_VARIABLES = ("ARM_", "DATABRICKS_", "PULUMI_CONFIG")
"""Prefixes of variables that both providers and the SDK read by themselves: hidden, so that an inventory does
not depend on who runs the rehearsal, and no credential can reach it."""

_OWN_FOLDER = Path(__file__).resolve().parents[2]


def enter(program: Path, environment: Mapping[str, str]) -> None:
    """Goes into the program's folder, puts it first on the module path, sets `environment` and hides ambient provider
    variables. Nothing of it is taken back: the process is the program's.

    `python -m rehearsal` has the folder of the rehearsal itself on the path. A checkout of ours has more folders there
    (`infra`, `policies`), which a program that has its own must not be given.
    """
    for name in list(os.environ):
        if name.startswith(HIDDEN_VARIABLES):
            del os.environ[name]
    os.environ.update(environment)
    others = [
        entry
        for entry in sys.path
        if Path(entry or os.curdir).resolve() != _OWN_FOLDER or "site-packages" in entry
    ]
    os.chdir(program.parent)
    sys.path[:] = [str(program.parent), *others]
    sys.argv = [str(program)]
    _forget_namesakes(program.parent)


def _forget_namesakes(folder: Path) -> None:
    """Unloads every module that we have imported from elsewhere and that the program has under the same name, our own
    included: who imported it keeps it, and the runner puts the rehearsal's own back when the program has ended."""
    loaded = {name.partition(".")[0] for name in sys.modules} - {"__main__", *sys.builtin_module_names}
    own = {name for name in loaded & _module_names(folder) if _comes_from(name, folder)}
    own -= _loaded_by_the_host() if own else set()
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in own and not _is_under(module, folder):
            del sys.modules[name]


def _loaded_by_the_host() -> frozenset[str]:
    """What the engine's Python host has imported before it runs a program, the SDK and half of the standard library: a
    program's own `logging.py` then comes too late. Asked in a process of its own, and only where names collide."""
    question = (
        "import pulumi, pulumi.runtime, asyncio, inspect, logging, runpy, sys, traceback; print(*sys.modules)"
    )
    try:
        answer = subprocess.run(  # noqa: S603 - this Python, and our own words
            [sys.executable, "-I", "-c", question], capture_output=True, text=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return frozenset({"pulumi", "logging"})
    return frozenset(name.partition(".")[0] for name in answer.stdout.split())


def _module_names(folder: Path) -> frozenset[str]:
    """The top-level modules and folders with modules that lie in the program's folder."""
    modules = {path.stem for path in folder.glob("*.py")}
    return frozenset(modules | {path.parent.name for path in folder.glob("*/*.py")})


def _comes_from(name: str, folder: Path) -> bool:
    """Whether an import would take the program's: a folder without an `__init__.py` comes after every real package."""
    spec = PathFinder.find_spec(name)
    places = [] if spec is None else [spec.origin, *(spec.submodule_search_locations or ())]
    first = next((place for place in places if place), None)
    return first is not None and is_program_file(first, folder)


def _is_under(module: ModuleType | None, folder: Path) -> bool:
    # Not by `getattr`: an SDK's module that is loaded when first used would be loaded by the question.
    file = object.__getattribute__(module, "__dict__").get("__file__") if module is not None else None
    return isinstance(file, str) and is_program_file(file, folder)


@cache
def is_program_file(file: str, folder: Path) -> bool:
    """Whether a source file is the user's own: under the program's folder, not in a virtual environment
    there."""
    path = Path(file)
    return path.is_relative_to(folder) and "site-packages" not in path.parts

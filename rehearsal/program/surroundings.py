"""The process state that a program sees (folder, environment, module path), put in place and taken back."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import NoReturn

HIDDEN_VARIABLES = ("ARM_", "DATABRICKS_", "PULUMI_CONFIG")
"""Prefixes of variables that both providers and the SDK read by themselves: hidden, so that an inventory does
not depend on who runs the rehearsal, and no credential can reach it."""

_OWN_PACKAGE = __name__.partition(".")[0]


@contextlib.contextmanager
def surroundings(program: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """Runs its body as the engine's Python host runs a program: in the program's folder, that folder first on
    the module path, `sys.argv` the program alone; `environment` set and ambient provider variables hidden.

    All of it is process-wide, so one rehearsal runs at a time. What the program prints goes to stderr: stdout
    is the report's. It reads nothing: a prompt would wait for somebody who, in a pipeline, is not there.
    """
    saved_environment = dict(os.environ)
    saved_folder, saved_path, saved_arguments = os.getcwd(), list(sys.path), list(sys.argv)
    saved_input = sys.stdin
    for name in saved_environment:
        if name.startswith(HIDDEN_VARIABLES):
            del os.environ[name]
    os.environ.update(environment)
    os.chdir(program.parent)
    sys.path.insert(0, str(program.parent))
    sys.argv = [str(program)]
    sys.stdin = io.StringIO()
    try:
        with contextlib.redirect_stdout(sys.stderr), _own_modules(program.parent), _no_silent_exit():
            yield
    finally:
        os.chdir(saved_folder)
        sys.path[:], sys.argv, sys.stdin = saved_path, saved_arguments, saved_input
        os.environ.clear()
        os.environ.update(saved_environment)


@contextlib.contextmanager
def _no_silent_exit() -> Iterator[None]:
    """`os._exit` would end the rehearsal without a word, with the program's own exit code: it becomes a `sys.exit`,
    which is reported. Processes that the program forks keep the real one."""
    own, leave = os.getpid(), os._exit

    def leave_by_exception(status: int) -> NoReturn:
        if os.getpid() == own:
            raise SystemExit(status)
        leave(status)

    os._exit = leave_by_exception
    try:
        yield
    finally:
        os._exit = leave


@contextlib.contextmanager
def _own_modules(folder: Path) -> Iterator[None]:
    """The program's modules are its own, and run anew for every stack.

    Many programs read settings or declare resources while a module is imported; were it kept, the second
    stack would lack them. Modules of the same name from elsewhere are set aside meanwhile. What was imported
    before the run from the program's own folder stays (tests of that program hold on to it).
    """
    own = _module_names(folder)
    aside = {name: module for name, module in sys.modules.items() if _shadows(name, module, folder, own)}
    for name in aside:
        del sys.modules[name]
    before = set(sys.modules)
    try:
        yield
    finally:
        for name in set(sys.modules) - before:
            if _is_under(sys.modules[name], folder) and not _is_ours(name):
                _forget(name)
        sys.modules.update(aside)


def _forget(name: str) -> None:
    """Unloads a module; a package that stays would go on handing it out as its attribute."""
    module = sys.modules.pop(name)
    package, _, attribute = name.rpartition(".")
    if package in sys.modules and getattr(sys.modules[package], attribute, None) is module:
        delattr(sys.modules[package], attribute)


def _module_names(folder: Path) -> frozenset[str]:
    """The top-level modules and packages that lie in the program's folder."""
    modules = {path.stem for path in folder.glob("*.py")}
    return frozenset(modules | {path.parent.name for path in folder.glob("*/__init__.py")})


def _shadows(name: str, module: ModuleType, folder: Path, own: frozenset[str]) -> bool:
    """Whether the loaded module would be taken for one of the program's `own` that has the same name."""
    if name == "__main__" or _is_ours(name) or name.partition(".")[0] not in own:
        return False
    return not _is_under(module, folder)


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] == _OWN_PACKAGE


def _is_under(module: ModuleType | None, folder: Path) -> bool:
    # Not by `getattr`: an SDK's module that is loaded when first used would be loaded by the question.
    file = object.__getattribute__(module, "__dict__").get("__file__") if module is not None else None
    return isinstance(file, str) and is_program_file(file, folder)


def is_program_file(file: str, folder: Path) -> bool:
    """Whether a source file is the user's own: under the program's folder, not in a virtual environment
    there."""
    path = Path(file)
    return path.is_relative_to(folder) and "site-packages" not in path.parts

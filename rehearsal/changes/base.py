"""The base of a comparison: the project as it was at a commit, in a worktree of its own."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

from rehearsal.model.errors import RehearsalError

LOCK = "requirements.txt"
"""The packages that a program runs with. Where base and head differ in it, the base gets an environment of its own:
another provider version may give other defaults."""

ENVIRONMENTS = Path(".rehearsal") / "environments"
_OWN_PACKAGES = ("psutil",)
"""What the rehearsal needs itself. It runs in the base's environment, whose lock may be older than the need."""

_GIT_SECONDS = 120
_INSTALL_SECONDS = 900


@contextlib.contextmanager
def checked_out(project: Path, reference: str) -> Iterator[Path]:
    """The project's folder at a commit, as long as the body runs. Nothing of the user's checkout is touched.

    Raises `RehearsalError`: no git, no repository, no such commit.
    """
    root = Path(_git(project, "rev-parse", "--show-toplevel"))
    commit = _commit(root, project, reference)
    with (
        tempfile.TemporaryDirectory(prefix="rehearsal-base-") as folder,
        _ended_as_interrupted(),
    ):
        tree = Path(folder).resolve() / "tree"
        # A hook of the user's would run on every comparison.
        _git(
            root,
            "-c",
            f"core.hooksPath={os.devnull}",
            "worktree",
            "add",
            "--quiet",
            "--detach",
            str(tree),
            commit,
        )
        try:
            yield tree / project.resolve().relative_to(root.resolve())
        finally:
            _remove(root, tree)


def _commit(root: Path, project: Path, reference: str) -> str:
    try:
        return _git(
            project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}"
        )
    except RehearsalError:
        shallow = _git(root, "rev-parse", "--is-shallow-repository") == "true"
        advice = (
            "this clone is shallow: git fetch --unshallow, in a pipeline fetch-depth: 0 (GitHub) or fetchDepth: 0 "
            "(Azure DevOps)"
            if shallow
            else "fetch it first, or name another"
        )
        raise RehearsalError(f"{reference!r} is no commit of {root}; {advice}") from None


@contextlib.contextmanager
def _ended_as_interrupted() -> Iterator[None]:
    """A pipeline that is cancelled ends its processes by SIGTERM, on which Python would leave without cleaning up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _remove(root: Path, tree: Path) -> None:
    """Git's record of the worktree goes with its folder."""
    try:
        _git(root, "worktree", "remove", "--force", "--force", str(tree))
    except RehearsalError:
        shutil.rmtree(tree, ignore_errors=True)
        _git(root, "worktree", "prune")


def python_for(base: Path, head: Path) -> Path:
    """The interpreter for the base's program: this one, or that of an environment with the base's own packages.

    Environments are kept under `.rehearsal/environments` by what the lock says. Raises `RehearsalError` where one
    cannot be built.
    """
    ours, theirs = head / LOCK, base / LOCK
    if not theirs.is_file() or (ours.is_file() and ours.read_bytes() == theirs.read_bytes()):
        return Path(sys.executable)
    own = " ".join(_own_requirements())
    digest = hashlib.sha256(theirs.read_bytes() + own.encode()).hexdigest()[:16]
    folder = head / ENVIRONMENTS / digest
    python = folder / "bin" / "python"
    if not python.is_file():
        _build(folder, theirs)
    return python


def _own_requirements(names: Sequence[str] = _OWN_PACKAGES) -> list[str]:
    return [f"{name}=={importlib.metadata.version(name)}" for name in names]


def _build(folder: Path, lock: Path) -> None:
    """A whole environment or none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    python = str(folder / "bin" / "python")
    uv = shutil.which("uv")
    try:
        if uv:
            _run([uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
            install = [uv, "pip", "install", "--quiet", "--python", python]
        else:
            _run([sys.executable, "-m", "venv", str(folder)])
            install = [python, "-m", "pip", "install", "--quiet"]
        _run([*install, "--require-hashes", "-r", str(lock)])
        if missing := [name for name in _OWN_PACKAGES if f"{name}==" not in lock.read_text(encoding="utf-8")]:
            _run([*install, *_own_requirements(missing)])
    except BaseException:
        # A half-built one would be taken for a whole one by the next run.
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_INSTALL_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise RehearsalError(
            f"the base's environment: {' '.join(command)} took longer than {_INSTALL_SECONDS} s"
        ) from None
    if done.returncode:
        last = "\n".join(done.stderr.strip().splitlines()[-5:])
        raise RehearsalError(f"the base's environment: {' '.join(command)} failed:\n{last}")


def _git(folder: Path, *arguments: str) -> str:
    git = shutil.which("git")
    if git is None:
        raise RehearsalError("git is not on PATH; it is needed for --base")
    # A hook that runs this would pass the outer repository's own places on.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603
            [git, "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            check=False,
            env=environment,
        )
    except subprocess.TimeoutExpired:
        raise RehearsalError(f"git {arguments[0]} took longer than {_GIT_SECONDS} s") from None
    if done.returncode:
        raise RehearsalError(f"git {' '.join(arguments)}: {done.stderr.strip() or 'failed'}")
    return done.stdout.strip()

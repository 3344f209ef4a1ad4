"""Which tests are exhaustive (`make check` runs them, `make test` leaves them out), and which share a process."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

os.environ.setdefault("GRPC_VERBOSITY", "ERROR")  # a process that speaks gRPC says so at every fork

ROOT = Path(__file__).parents[1]
PLATFORMS = sorted(
    ("dev", "prod", *(path.stem for path in (ROOT / "tests/infra/scenarios").glob("*.yaml"))),
    key=len,
    reverse=True,
)
"""Longest first: one name may be a part of another."""

EXHAUSTIVE = {
    "tests/distribution": "wheels that are built, and environments that they are installed into",
    "tests/bootstrap": "a process for each question that the bootstrap asks",
    "tests/infra/apps/test_ai_services.py": "scenarios that are not for every day",
    "tests/infra/promotion/test_scripts.py": "a process for each step of a pipeline",
    "tests/infra/azure_judges": "an Azure that refuses, throttles, hangs and pages",
    "tests/infra/preflight": "an Azure that throttles, hangs and pages",
    "tests/infra/verify": "a platform that throttles, hangs and refuses, over names, ports and HTTP",
    "tests/infra/test_compatibility.py": "every scenario against the last release",
    "tests/infra/databricks/test_changes.py": "the stack rehearsed anew for each change",
    "tests/infra/settings/test_robustness.py": "hundreds of mutated stack files",
    "tests/infra/settings/test_stack_files.py": "broken stack files, without bounds but for ours",
    "tests/policies/test_mutations.py": "every mutant of prod",
    "tests/policies/test_rules.py": "five cases of every policy",
    "tests/rehearsal/changes/test_base.py": "environments that are built",
    "tests/rehearsal/changes/test_diff_command.py": "repositories, worktrees, processes",
    "tests/rehearsal/changes/test_upgrade.py": "repositories, worktrees, processes",
    "tests/rehearsal/changes/test_first_screen.py": "both stacks, base and head",
    "tests/rehearsal/engine/test_bounds.py": "engines that hang, die and are killed",
    "tests/rehearsal/engine/test_driver.py": "every command of the engine's driver",
    "tests/rehearsal/engine/test_packs.py": "engine runs with every choice of packs",
    "tests/rehearsal/foreign/test_corpus.py": "every program of the corpus, each in a process of its own",
    "tests/rehearsal/faults": "whole platforms under every fault",
    "tests/rehearsal/test_rules.py": "both cases of every service rule",
    "tests/pipelines/test_engine_targets.py": "make, and processes under it",
    "tests/rehearsal/lifecycle/test_least_privilege.py": "every right taken away alone",
    "tests/rehearsal/promises/test_reference_both_ways.py": "everything that gives a road or a right, taken out alone",
    "tests/rehearsal/provider": "every rule by request, whole platforms through the providers",
    "tests/test_changed_copy.py": "what a user can break, in a copy",
    "tests/test_documented_commands.py": "every command of every page",
}
"""File or folder, and what makes it long. What a change breaks mostly shows in the others, in half of the time."""


READ_USERS_FILES = (
    "tests/test_identity_reach.py",
    "tests/test_locks.py",
    "tests/test_pipelines.py",
    "tests/test_users_stacks.py",
    "tests/policies/test_pack.py",
)
"""What a user's own stack files, environments, pipelines and waivers can break; tests/test_changed_copy.py runs these
alone. The last reads them in a process of its own. Every other test stands on fixtures of its own, and fails where it
opens one of those files (`_refuse_users_files`)."""

EVERYDAY_PLATFORMS = ("dev", "prod", "ml-only", "databricks-only", "no-kubernetes", "existing-dependencies")
"""The reference stacks, and each large part left out once. The other scenarios are exhaustive."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what the table names, and the scenarios that are not for every day."""
    folders = tuple(ROOT / name for name in EXHAUSTIVE)
    for item in items:
        listed = any(item.path.is_relative_to(folder) for folder in folders)
        platform = _platform_of(item.nodeid)
        if listed or (platform and platform not in EVERYDAY_PLATFORMS):
            item.add_marker(pytest.mark.exhaustive)


_USERS_FILES = re.compile(
    re.escape(str(ROOT))
    + r"/(Pulumi\.\w+\.yaml|environments\.json|policies/waivers\.yaml|\.azuredevops/\w.*)"
)
_running: list[Path] = []
_OWN_PROCESS = os.getpid()
"""A rehearsed program, in a process of its own, also looks at the stack files beside its own, and compares nothing with
them when its own lies elsewhere (infra/settings/neighbours.py)."""


def _refuse_users_files(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: a test that reads what belongs to users would fail once they have changed it."""
    if event != "open" or not _running or os.getpid() != _OWN_PROCESS:
        return
    if not isinstance(arguments[0], str | Path):
        return
    path = os.path.abspath(arguments[0])
    if _USERS_FILES.fullmatch(path):
        raise AssertionError(
            f"{_running[-1].relative_to(ROOT)} reads {path}, which users change: see READ_USERS_FILES"
        )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Everyday tests but those that are listed are held to fixtures of their own."""
    listed = any(item.path == ROOT / name for name in READ_USERS_FILES)
    if listed or item.get_closest_marker("exhaustive"):
        return (yield)
    _running.append(item.path)
    try:
        return (yield)
    finally:
        _running.pop()


def pytest_sessionstart() -> None:
    """A renamed file must not slip out of the table unnoticed."""
    sys.addaudithook(_refuse_users_files)
    gone = [name for name in (*EXHAUSTIVE, *READ_USERS_FILES) if not (ROOT / name).exists()]
    if gone:
        raise pytest.UsageError(f"tests/conftest.py names what is not there: {', '.join(gone)}")


class PlatformScheduling(LoadScopeScheduling):
    """Tests that look at one platform run in one process, so that each platform is rehearsed once.

    Not by `xdist_group` marks: pytest-xdist 3.8 writes them into a place that pytest 9.2 does not read.
    """

    def _split_scope(self, nodeid: str) -> str:
        """A test that names no platform compares with dev, or rehearses its own: it goes with dev."""
        return _platform_of(nodeid) or nodeid


def _platform_of(nodeid: str) -> str:
    """The platform that a test looks at, empty for none."""
    path, _, name = nodeid.partition("::")
    if not _looks_at_platforms(path):
        return ""
    parameters = name.partition("[")[2].removesuffix("]")
    return next((item for item in PLATFORMS if re.search(rf"(^|-){item}(-|$)", parameters)), "dev")


@functools.cache
def _looks_at_platforms(path: str) -> bool:
    return "tests.infra.platforms" in (ROOT / path).read_text(encoding="utf-8")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> PlatformScheduling:
    """Used by `-n`, whatever `--dist` says."""
    return PlatformScheduling(config, log)

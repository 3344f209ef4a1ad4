"""Every setting that a text names by its key exists: what a fix asks for can be done."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from infra.settings.renamed import RENAMED
from policies.frame.registry import all_rules
from tests.infra.platforms import ROOT, rehearsed
from tests.setting_keys import is_setting, keys_in, texts_of

PAGES = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")))


def modules(folder: str) -> Iterator[Path]:
    yield from sorted((ROOT / folder).rglob("*.py"))


@functools.cache
def outputs() -> Mapping[str, object]:
    """What the stack exports is named in the same way; these platforms export all that pages name."""
    return {
        **rehearsed("data-max").outputs,
        "databricks": rehearsed("dev").outputs["databricks"],
        "network": rehearsed("egress-firewall").outputs["network"],
    }


def is_output(key: str) -> bool:
    found = [outputs()]
    for segment in key.split("."):
        levels = [level for level in found if isinstance(level, Mapping)]
        found = [level[name] for level in levels for name in level if segment in (name, "KEY")]
    return bool(found)


@functools.cache
def promises() -> frozenset[str]:
    """The names of promises begin with a part of the platform, or with a persona."""
    told = [rehearsed(name).outputs["promises"] for name in ("dev", "prod")]
    return frozenset(
        name
        for one in told
        if isinstance(one, Mapping) and isinstance(one["promises"], Mapping)
        for name in one["promises"]
    )


def exists(key: str) -> bool:
    """A setting or an output by its name of today, a setting by an older one, or a promise."""
    renamed = {one.old for one in RENAMED}
    return is_setting(key) or is_output(key) or key in renamed or key in promises()


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("set `databricks.git.allowed_urls`", ["databricks.git.allowed_urls"]),
        ("a key of databricks.jobs, or of ml.schedules.", ["databricks.jobs", "ml.schedules"]),
        ("`mlplatform:azure.location`", ["azure.location"]),
        ("`databricks.jobs.train-many-models`", ["databricks.jobs.train-many-models"]),
        ("`databricks.content: deferred`", ["databricks.content"]),
        ("`apps.ai_services.<key>`", ["apps.ai_services.<key>"]),
        ("docs.databricks.com, infra.access.table, encryption.keySource, lake.py, cost.sheet()", []),
    ],
)
def test_keys_are_found_in_a_text(text: str, keys: list[str]) -> None:
    assert list(keys_in(text)) == keys


@pytest.mark.parametrize(
    "key",
    ["databricks.jobs", "databricks.jobs.NAME.tasks.<key>.notebook.path", "network.subnets", "tags.owner"],
)
def test_a_setting_exists(key: str) -> None:
    assert is_setting(key)


@pytest.mark.parametrize(
    "key",
    ["databricks.git.allowed_urls", "recovery.redundancy", "monitoring.alerts", "databricks.jobs.NAME.path"],
)
def test_a_setting_does_not_exist(key: str) -> None:
    assert not is_setting(key)


def test_what_policies_ask_for_exists() -> None:
    named = {
        (rule.id, key)
        for rule in all_rules()
        for text in (rule.title, rule.why, rule.fix)
        for key in keys_in(text)
    }
    assert ("AMLP-DO-006", "databricks.hardening.allowed_git_urls") in named
    assert [found for found in named if not is_setting(found[1])] == []


@pytest.mark.parametrize("folder", ["policies", "infra"])
def test_what_texts_name_exists(folder: str) -> None:
    """One word alone may be the path of a property: encryption.status of a registry."""
    unknown = [
        (str(module.relative_to(ROOT)), key)
        for module in modules(folder)
        for text in texts_of(module)
        if " " in text or module.is_relative_to(ROOT / "infra/settings")
        for key in keys_in(text)
        if not exists(key)
    ]
    assert unknown == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_pages_name_exists(page: Path) -> None:
    text = re.sub(r"^ *(from|import) .*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [key for key in keys_in(text) if not exists(key)] == []


def test_the_rehearsal_names_no_setting_of_ours() -> None:
    """It rehearses programs that have other settings, or none."""
    named = [
        (str(module.relative_to(ROOT)), key)
        for module in modules("rehearsal")
        for text in texts_of(module)
        for key in keys_in(text)
        if is_setting(key)
    ]
    assert named == []

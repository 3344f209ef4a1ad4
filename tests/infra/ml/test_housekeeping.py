"""What the registry's purge task does: it reports on all images, and removes those of named repositories."""

from __future__ import annotations

from infra.ml.housekeeping import purge_task
from infra.settings.ml import RegistryPurge


def test_nothing_is_removed_unless_a_repository_is_named() -> None:
    commands = [line for line in purge_task(RegistryPurge()).splitlines() if "acr purge" in line]
    assert commands == ["  - cmd: acr purge --filter '.*:.*' --ago 30d --keep 3 --untagged --dry-run"]


def test_named_repositories_lose_what_is_old_but_for_the_newest() -> None:
    task = purge_task(RegistryPurge(repositories=["build/cache", "scratch"], keep=1))
    assert "acr purge --filter 'build/cache:.*' --filter 'scratch:.*' --ago 30d --keep 1 --untagged\n" in task

"""The smoke tests of notebooks' pull requests: who runs them, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from infra.settings.base import Guid, Key, Problem, SettingsModel
from infra.settings.databricks.policies import AccessMode
from infra.settings.messages import absent

if TYPE_CHECKING:
    from infra.settings.databricks.workspace import Databricks


class SmokeTests(SettingsModel):
    """Lets a branch's code, before any review, run on one cluster and reach nothing else."""

    application_id: Guid
    """Of the identity that the notebooks' repository signs in with (az identity show --query clientId); in no group."""
    cluster: Key
    """Key of `clusters`: one without secrets, in access mode standard, that no job and no Azure ML step uses."""


def smoke_test_problems(settings: Databricks) -> Iterator[Problem]:
    """A cluster where the code of a branch finds a secret, or the data of another principal."""
    smoke = settings.smoke_tests
    if smoke is None:
        return
    cluster = settings.clusters.get(smoke.cluster)
    if cluster is None:
        yield Problem("smoke_tests.cluster", absent(smoke.cluster, "clusters", settings.clusters))
        return
    if cluster.secrets:
        yield Problem(
            "smoke_tests.cluster",
            f"names {smoke.cluster}, whose secrets the code of every pull request could read; give a cluster without",
        )
    if settings.ml_tracking and settings.ml_tracking.people:
        yield Problem(
            "smoke_tests",
            "is given beside ml_tracking.people, whose secret every named cluster carries: the code of every pull "
            "request could read it; leave one of the two out",
        )
    if settings.linked_compute and smoke.cluster in settings.linked_compute.clusters:
        yield Problem(
            "smoke_tests.cluster",
            f"names {smoke.cluster}, where linked_compute runs steps of Azure ML too; give a cluster of its own",
        )
    policy = settings.cluster_policies.get(cluster.policy)
    if policy and policy.resolve().access_mode is not AccessMode.STANDARD:
        yield Problem(
            "smoke_tests.cluster",
            f"names {smoke.cluster}, which policy {cluster.policy} dedicates to one user; give one whose policy has "
            "access_mode: standard",
        )

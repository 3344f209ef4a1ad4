"""Runs and models go from Databricks to the ML workspace: those of jobs, and those of people's notebooks."""

from __future__ import annotations

from collections.abc import Iterator

from infra.promises import parties
from infra.promises.databricks import groups_of, where_people_open_databricks
from infra.promises.people import WORK
from infra.promises.places import cluster_nodes
from infra.promises.promise import Promise
from infra.promises.site import Site
from infra.settings.access import Persona
from infra.settings.databricks import Databricks
from infra.settings.databricks.machine_learning import MlTracking
from infra.settings.databricks.policies import ClusterKind

_TRACK_RUNS = "track runs"
_SETTING = "databricks.ml_tracking"


def databricks_tracking_promises(site: Site) -> Iterator[Promise]:
    """Jobs sign in as their principal; people's clusters as one of their own, or each person signs in."""
    databricks = site.settings.databricks
    if databricks is None or databricks.ml_tracking is None:
        return
    if not site.ml_workspace or not site.has_databricks_content:
        return
    yield from _principals(site, databricks.ml_tracking)
    for persona in groups_of(site):
        if _logs(site, persona, databricks.ml_tracking):
            yield from _notebooks(site, persona, databricks)


def _principals(site: Site, tracking: MlTracking) -> Iterator[Promise]:
    signs_in = {"databricks-jobs": parties.databricks_jobs(site)}
    if tracking.people:
        given = tracking.people
        name = "people's Databricks clusters"
        signs_in["databricks-notebooks"] = parties.application(given.application_id, name, given.object_id)
    for key, who in signs_in.items():
        for name, does in (("track-runs", _TRACK_RUNS), ("register-models", "register models")):
            yield Promise(f"{key}.{name}", who, cluster_nodes(site), does, site.ml_workspace, _SETTING)


def _logs(site: Site, persona: Persona, tracking: MlTracking) -> bool:
    """Whether notebooks of these people write runs."""
    return tracking.people is not None or _logs_as_himself(site, persona)


def _logs_as_himself(site: Site, persona: Persona) -> bool:
    kind = site.settings.environment.kind
    return any(work.does == _TRACK_RUNS and persona in work.personas and kind in work.kinds for work in WORK)


def _notebooks(site: Site, persona: Persona, databricks: Databricks) -> Iterator[Promise]:
    """From the clusters that these people make, and from those that they attach to."""
    who, slug = parties.persona(site, persona), parties.slug(persona)
    origin = where_people_open_databricks(site, databricks)
    clusters: list[tuple[str, str, str, str]] = []
    for key, policy in databricks.cluster_policies.items():
        resolved = policy.resolve()
        if resolved.cluster is ClusterKind.ALL_PURPOSE and persona in resolved.used_by:
            does = "log to Azure ML from a cluster of the policy"
            clusters.append((f"logs-to-azure-ml-under-the-policy.{key}", does, "cluster-policy", key))
    for key, cluster in databricks.clusters.items():
        if persona in cluster.permissions:  # each level lets people attach notebooks
            does = "log to Azure ML from the cluster"
            clusters.append((f"logs-to-azure-ml-from-the-cluster.{key}", does, "cluster", key))
    for name, does, kind, key in clusters:
        on = site.in_databricks(kind, site.databricks_name(key))
        yield Promise(f"{slug}.{name}", who, origin, does, on, _SETTING)
    if clusters and _logs_as_himself(site, persona):
        name = f"{slug}.tracks-runs-from-clusters"
        yield Promise(name, who, cluster_nodes(site), _TRACK_RUNS, site.ml_workspace, _SETTING)

"""What people and the release pipeline do in Azure, persona by persona.

Written by what somebody needs for the work, not by the roles that serve it. `infra.access.table` has those, and a test
holds each of its rows to a promise here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from infra.access.table import EVERYWHERE, NONPROD, PROD
from infra.promises.parties import persona, slug
from infra.promises.places import people, reaches_vaults
from infra.promises.promise import Door, Promise
from infra.promises.site import Site
from infra.settings.access import Persona
from infra.settings.environment import EnvironmentKind
from infra.settings.lake import ZoneContent

Objects = Callable[[Site], Mapping[str, str]]
"""What is meant, by a word that tells several apart; empty where the environment has none."""


@dataclass(frozen=True)
class Work:
    """`persona`s of environments of `kinds` do `does` on `on`, which they call `name`; over `group` where the action's
    own door is another."""

    personas: tuple[Persona, ...]
    kinds: frozenset[EnvironmentKind]
    name: str
    does: str
    on: Objects
    group: str = ""


def _one(find: Callable[[Site], str]) -> Objects:
    def objects(site: Site) -> Mapping[str, str]:
        found = find(site)
        return {"": found} if found else {}

    return objects


def _holding(*contents: ZoneContent) -> Objects:
    def objects(site: Site) -> Mapping[str, str]:
        return {key: zone for content in contents for key, zone in site.zones_of(content).items()}

    return objects


def _instances(site: Site) -> Mapping[str, str]:
    return {"": site.ml_workspace} if site.settings.ml and site.settings.ml.compute_instances else {}


_GROUP = _one(lambda site: site.arm.resource_group_id)
_LOGS = _one(lambda site: site.log_analytics)
_WORKSPACE = _one(lambda site: site.ml_workspace)
_STORAGE = _one(lambda site: site.ml_storage)
_VAULT = _one(lambda site: site.key_vault if reaches_vaults(site) else "")
_IMAGES = _one(lambda site: site.container_registry)
_REGISTRY = _one(lambda site: site.ml_registry)
_KUBERNETES = _one(lambda site: site.kubernetes)
_FACTORY = _one(lambda site: site.data_factory)
_SYNAPSE = _one(lambda site: site.synapse)
_STUDIO = _one(lambda site: site.synapse_hub)


def _scope_vaults(site: Site) -> Mapping[str, str]:
    return site.own_scope_vaults if reaches_vaults(site) else {}


_ADMIN, _ENGINEER, _SCIENTIST = Persona.PLATFORM_ADMIN, Persona.ML_ENGINEER, Persona.DATA_SCIENTIST
_DATA, _AUDITOR, _CI = Persona.DATA_ENGINEER, Persona.AUDITOR, Persona.CI
_LOOKING = (_ADMIN, _ENGINEER, _DATA, _AUDITOR)
_SCIENCE = (_ENGINEER, _SCIENTIST)
_RAW, _CURATED = _holding(ZoneContent.RAW), _holding(ZoneContent.CURATED)
_FEATURES, _PREDICTIONS = _holding(ZoneContent.FEATURES), _holding(ZoneContent.PREDICTIONS)
_MADE = _holding(ZoneContent.FEATURES, ZoneContent.PREDICTIONS)
_BROUGHT = _holding(ZoneContent.RAW, ZoneContent.CURATED, ZoneContent.FEATURES)
_ALL_DATA = _holding(ZoneContent.RAW, ZoneContent.CURATED, ZoneContent.FEATURES, ZoneContent.PREDICTIONS)

WORK: tuple[Work, ...] = (
    # Looking.
    Work(_LOOKING, EVERYWHERE, "sees-every-resource", "see resources", _GROUP),
    Work(_LOOKING, EVERYWHERE, "reads-logs", "read logs", _LOGS),
    Work(_LOOKING, EVERYWHERE, "opens-the-data-factory", "open the data factory", _FACTORY),
    Work((_ADMIN,), NONPROD, "repairs-by-hand", "repair resources", _GROUP),
    # Secrets.
    Work((_ADMIN, _ENGINEER, _DATA), NONPROD, "sets-secrets", "set secrets", _VAULT),
    Work((_ADMIN,), PROD, "sees-which-secrets-exist", "see secrets", _VAULT),
    Work((_AUDITOR,), EVERYWHERE, "sees-when-secrets-end", "see secrets", _VAULT),
    Work((_ADMIN, _AUDITOR), EVERYWHERE, "sees-when-job-secrets-end", "see secrets", _scope_vaults),
    Work((_CI,), EVERYWHERE, "sets-release-secrets", "set secrets", _VAULT),
    Work((_CI,), EVERYWHERE, "sets-job-secrets", "set secrets", _scope_vaults),
    # The studio, notebooks and jobs.
    Work(_SCIENCE, EVERYWHERE, "opens-the-studio", "open the studio", _WORKSPACE),
    Work((_AUDITOR,), EVERYWHERE, "opens-the-studio", "open the studio", _WORKSPACE),
    Work(_SCIENCE, NONPROD, "uses-notebooks", "use a notebook", _WORKSPACE),
    Work(_SCIENCE, NONPROD, "keeps-notebooks", "write files", _STORAGE),
    Work(_SCIENCE, NONPROD, "submits-jobs", "submit a training job", _WORKSPACE),
    Work(_SCIENCE, NONPROD, "uploads-code-and-reads-outputs", "write blobs", _STORAGE),
    Work(_SCIENCE, NONPROD, "tracks-runs", "track runs", _WORKSPACE),
    Work(_SCIENCE, NONPROD, "registers-models", "register models", _WORKSPACE),
    Work(_SCIENCE, NONPROD, "opens-an-instance", "open an instance", _instances),
    Work((_ENGINEER,), PROD, "opens-an-instance", "open an instance", _instances),
    Work((_ENGINEER,), EVERYWHERE, "starts-an-instance", "start an instance", _instances),
    Work((_ENGINEER,), PROD, "sees-notebooks", "see notebooks", _instances),
    Work((_ENGINEER,), NONPROD, "makes-compute", "make compute", _WORKSPACE),
    Work((_ENGINEER,), NONPROD, "tries-out-deployments", "release deployments", _WORKSPACE),
    Work((_SCIENTIST, _AUDITOR), EVERYWHERE, "follows-jobs", "follow jobs", _WORKSPACE),
    Work((_SCIENTIST, _AUDITOR), EVERYWHERE, "finds-models", "read models", _WORKSPACE),
    Work(_SCIENCE, EVERYWHERE, "uses-promoted-models", "read registered assets", _REGISTRY),
    Work((Persona.ANALYST,), EVERYWHERE, "finds-endpoints", "find endpoints", _WORKSPACE),
    # Images and the cluster.
    Work((_ENGINEER,), NONPROD, "builds-images", "push images", _IMAGES),
    Work((_ADMIN,), EVERYWHERE, "fetches-a-kubeconfig", "fetch a kubeconfig", _KUBERNETES),
    Work((_ADMIN,), NONPROD, "repairs-the-cluster", "kubectl apply", _KUBERNETES),
    Work((_ADMIN,), PROD, "looks-at-the-cluster", "kubectl get", _KUBERNETES),
    Work((_ENGINEER,), NONPROD, "fetches-a-kubeconfig", "fetch a kubeconfig", _KUBERNETES),
    Work((_ENGINEER,), NONPROD, "looks-at-scoring-pods", "kubectl get", _KUBERNETES),
    # The lake: programs go over dfs; the studio and the portal show files over blob.
    Work(_SCIENCE, NONPROD, "looks-for-features", "read blobs", _RAW, "dfs"),
    Work(_SCIENCE, EVERYWHERE, "reads-what-features-are-made-of", "read blobs", _CURATED, "dfs"),
    Work(_SCIENCE, EVERYWHERE, "looks-at-files", "read blobs", _CURATED, "blob"),
    Work(_SCIENCE, NONPROD, "makes-features-and-predictions", "write blobs", _MADE, "dfs"),
    Work(_SCIENCE, PROD, "compares-features", "read blobs", _FEATURES, "dfs"),
    Work(_SCIENCE, PROD, "judges-predictions", "read blobs", _PREDICTIONS, "dfs"),
    Work((_DATA,), NONPROD, "brings-data-in", "write blobs", _BROUGHT, "dfs"),
    Work((_DATA,), NONPROD, "follows-data-to-its-end", "read blobs", _PREDICTIONS, "dfs"),
    Work((_DATA,), PROD, "looks-at-data-when-a-load-fails", "read blobs", _ALL_DATA, "dfs"),
    # Synapse. Its own roles are given by a script (`infra.data.synapse_access`).
    Work((_ADMIN, _AUDITOR), EVERYWHERE, "opens-synapse-studio", "open Synapse Studio", _STUDIO),
    Work((_ADMIN, _AUDITOR), EVERYWHERE, "uses-synapse", "use the Synapse workspace", _SYNAPSE),
    # Releases.
    Work((_CI,), EVERYWHERE, "releases-deployments", "release deployments", _WORKSPACE),
    Work((_CI,), EVERYWHERE, "releases-images", "push images", _IMAGES),
    Work((_CI,), EVERYWHERE, "uploads-code-and-models", "write blobs", _STORAGE),
    Work((_CI,), PROD, "promotes-models", "promote models", _REGISTRY),
)


def people_promises(site: Site) -> Iterator[Promise]:
    """For each persona of the environment."""
    kind = site.settings.environment.kind
    for row in WORK:
        if kind not in row.kinds:
            continue
        for key in row.personas:
            if key in site.settings.access.personas:
                yield from _of(site, row, key)


def _of(site: Site, row: Work, key: Persona) -> Iterator[Promise]:
    for word, resource in row.on(site).items():
        name = ".".join(part for part in (slug(key), row.name, word) if part)
        yield Promise(
            name,
            persona(site, key),
            people(site),
            row.does,
            resource,
            f"access.personas.{key}",
            Door(row.group) if row.group else None,
        )


def command_promises(site: Site) -> Iterator[Promise]:
    """Who runs kubectl through Resource Manager, and who owns an instance."""
    for key in site.settings.access.cluster_commands:
        if site.kubernetes and key in site.settings.access.personas:
            yield Promise(
                f"{slug(key)}.runs-commands-in-the-cluster",
                persona(site, key),
                people(site),
                "run kubectl through Resource Manager",
                site.kubernetes,
                "access.cluster_commands",
            )

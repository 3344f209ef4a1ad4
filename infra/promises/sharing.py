"""What other environments read here, what is read of theirs, and who fetches promoted models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from infra.promises import parties
from infra.promises.made import REGISTRY_FILES, REGISTRY_IMAGES, Made
from infra.promises.places import cluster_nodes, ml_compute, people, visitors
from infra.promises.promise import Door, Party, Promise
from infra.promises.site import Site
from infra.settings.access import CrossEnvironmentScope, Persona, ReadingJobs
from infra.settings.cross_environment import readable_ids
from infra.settings.environment_roads import read_targets

_SCOPE = CrossEnvironmentScope
_READS: Mapping[CrossEnvironmentScope, tuple[tuple[str, str, str], ...]] = {
    _SCOPE.ML_STORAGE: (("reads-files-of-runs", "read blobs", "blob"),),
    _SCOPE.ML_WORKSPACE: (
        ("finds-models", "read models", "amlworkspace"),
        ("follows-jobs", "follow jobs", "amlworkspace"),
    ),
    _SCOPE.ML_REGISTRY: (("uses-promoted-models", "read registered assets", "amlregistry"),),
}
"""Scope to what is done there; each zone of the lake is read."""


def sharing_promises(site: Site, made: Made) -> Iterator[Promise]:
    """Both sides of reading across environments, and the registry's own files."""
    for key, reader in site.settings.access.cross_environment_readers.items():
        who = parties.principal(reader.object_id, f"{key}, of {reader.environment}")
        for scope in reader.scopes:
            yield from _reads(site, key, scope, who)
    yield from _jobs_elsewhere(site)
    if site.ml_registry:
        yield from _registry_files(site, made)


def _reads(site: Site, key: str, scope: CrossEnvironmentScope, who: Party) -> Iterator[Promise]:
    """Read-only. The readers belong to another environment: from inside the network where this one answers only there,
    else from anywhere. Where both stack files are at hand, `infra/settings/environment_roads.py` compares
    the places."""
    setting = f"access.cross_environment_readers.{key}"
    objects = {
        _SCOPE.ML_STORAGE: site.ml_storage,
        _SCOPE.ML_WORKSPACE: site.ml_workspace,
        _SCOPE.ML_REGISTRY: site.ml_registry,
    }
    if scope not in objects:
        zone = scope.removeprefix("lake-")
        zones = site.settings.lake.zones if site.settings.lake else {}
        if zone in zones:
            name = f"reader.{key}.reads-the-lake.{zone}"
            yield Promise(name, who, visitors(site), "read blobs", site.zone(zone), setting, Door("dfs"))
        return
    for name, does, group in _READS[scope]:
        if objects[scope]:
            yield Promise(
                f"reader.{key}.{name}", who, visitors(site), does, objects[scope], setting, Door(group)
            )


def _jobs_elsewhere(site: Site) -> Iterator[Promise]:
    """The road of jobs to another environment that is private. The right is its owner's to give."""
    access = site.settings.access
    ids = readable_ids(access, site.settings.environment, site.settings.azure)
    roads = (
        (ReadingJobs.ML_COMPUTE, ml_compute(site), "training jobs"),
        (ReadingJobs.DATABRICKS, cluster_nodes(site), "Databricks jobs"),
    )
    for jobs, origin, name in roads:
        if not origin.id:
            continue
        targets = read_targets(
            access.reads_from,
            lambda other, scope: ids[other][scope],
            lambda reads, jobs=jobs: (
                reads.ml_compute_endpoints if jobs is ReadingJobs.ML_COMPUTE else reads.network_endpoints
            ),
        )
        for target in targets:
            reads = access.reads_from[target.name.partition("-")[0]]
            yield Promise(
                f"{jobs.replace('_', '-')}.reads-elsewhere.{target.name}",
                parties.principal(reads.jobs[jobs], name),
                origin,
                "reach",
                target.resource_id,
                f"access.reads_from.{target.name.partition('-')[0]}",
                Door(target.part),
            )


def _registry_files(site: Site, made: Made) -> Iterator[Promise]:
    """The registry answers with a signed address of the model's files, which the reader must reach."""
    fetching = (
        (REGISTRY_FILES, "fetches-files-of-promoted-models", "fetch registered files"),
        (REGISTRY_IMAGES, "fetches-images-of-promoted-models", "fetch registered images"),
    )
    for persona in (Persona.ML_ENGINEER, Persona.DATA_SCIENTIST, Persona.CI):
        if persona not in site.settings.access.personas:
            continue
        for key, name, does in fetching:
            if key in made:
                yield Promise(
                    f"{parties.slug(persona)}.{name}",
                    parties.persona(site, persona),
                    people(site),
                    does,
                    made[key],
                    "promotion.registry",
                )

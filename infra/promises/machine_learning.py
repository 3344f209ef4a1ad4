"""Azure Machine Learning: jobs, images, notebooks, and what the studio shows."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_ids import child_id
from infra.access.identity_purpose import IdentityPurpose
from infra.promises import parties
from infra.promises.places import ml_compute, people
from infra.promises.promise import Door, Origin, Party, Promise
from infra.promises.site import Site
from infra.settings.ml import MachineLearning, ManagedNetworkIsolation
from infra.settings.ml_data import Datastore, DatastoreAccess

ANY_HOST = "www"
"""In place of the asterisk of a rule for every host of a domain: one of them is asked for."""


def machine_learning_promises(site: Site) -> Iterator[Promise]:
    """Of the workspace and its compute."""
    ml = site.settings.ml
    if ml is None:
        return
    workspace = parties.identity(site, IdentityPurpose.ML_WORKSPACE, "the ML workspace")
    yield from _workspace(site, workspace)
    if ml.training_clusters:
        yield from _jobs(site, ml)
        yield from _named_hosts(site, ml)
    yield from _image_builds(site, ml, workspace)
    yield from _studio(site, ml, workspace)
    for key, instance in ml.compute_instances.items():
        owner = parties.principal(instance.assigned_user_object_id, f"the owner of instance {key}")
        setting = f"ml.compute_instances.{key}"
        for word, origin in (("on-the-instance", ml_compute(site)), ("in-the-studio", people(site))):
            yield Promise(
                f"instance-owner.opens-notebooks-{word}.{key}",
                owner,
                origin,
                "write files",
                site.ml_storage,
                setting,
            )
    if _vault_is_firewalled(site, ml):
        yield Promise(
            "ml-workspace.reads-secrets-on-compute",
            workspace,
            ml_compute(site),
            "read secrets",
            site.key_vault,
            "ml.workspace.managed_network",
        )


def _workspace(site: Site, workspace: Party) -> Iterator[Promise]:
    """The workspace manages the services that it is built on (infra.access.identity_rows_ml)."""
    for name, does, on in (
        ("works-on-its-storage", "manage the storage account", site.ml_storage),
        ("works-on-its-key-vault", "manage the key vault", site.key_vault),
        ("keeps-secrets", "keep secrets", site.key_vault),
        ("works-on-its-registry", "manage the registry", site.container_registry),
        ("works-on-its-telemetry", "manage telemetry", site.application_insights),
        ("works-on-itself", "manage the workspace", site.ml_workspace),
    ):
        yield Promise(
            f"ml-workspace.{name}", workspace, Origin.service(site.ml_workspace), does, on, "ml.workspace"
        )


def training_identity(site: Site) -> Party:
    """What training jobs run as."""
    return parties.identity(site, IdentityPurpose.ML_COMPUTE, "training jobs")


def _jobs(site: Site, ml: MachineLearning) -> Iterator[Promise]:
    """A job pulls its image, reads and writes its files, tracks; parallel ones hand out work by queue and table."""
    jobs, origin, setting = training_identity(site), ml_compute(site), "ml.training_clusters"
    work = (
        ("pull-their-image", "pull images", site.container_registry),
        ("keep-outputs", "write blobs", site.ml_storage),
        ("hand-out-work", "use storage queues", site.ml_storage),
        ("keep-the-state-of-parallel-runs", "use storage tables", site.ml_storage),
    )
    for name, does, on in work:
        yield Promise(f"training-jobs.{name}", jobs, origin, does, on, setting)
    # Who tracks from a job holds a token of the job's own, which the workspace hands out.
    yield Promise(
        "training-jobs.track-runs",
        jobs,
        origin,
        "reach",
        site.ml_workspace,
        setting,
        Door("amlworkspace"),
    )
    if _sends_telemetry(ml):
        yield Promise(
            "training-jobs.send-telemetry", jobs, origin, "send telemetry", site.application_insights, setting
        )
    if site.ml_registry:
        yield Promise(
            "training-jobs.use-promoted-models",
            jobs,
            origin,
            "read registered assets",
            site.ml_registry,
            "promotion.registry",
        )
    for key, store in ml.datastores.items():
        yield from _datastore(site, key, store, jobs, origin)
    if ml.housekeeping.idle_report:
        yield Promise(
            "housekeeping.archives-runs",
            jobs,
            origin,
            "archive runs",
            site.ml_workspace,
            "ml.housekeeping.idle_report",
        )


def _datastore(site: Site, key: str, store: Datastore, jobs: Party, origin: Origin) -> Iterator[Promise]:
    """As the job's identity, unless the account's owner decides. Datastores speak to dfs; what mltable reads goes
    through blob."""
    if store.access is DatastoreAccess.BY_OWNER:
        return
    does = "write blobs" if store.access is DatastoreAccess.WRITE else "read blobs"
    verb = "write" if store.access is DatastoreAccess.WRITE else "read"
    setting = f"ml.datastores.{key}"
    container = _container(site, store)
    groups = ("dfs", "blob") if store.kind == "data_lake" else ("blob",)
    for group in groups:
        yield Promise(
            f"training-jobs.{verb}-the-datastore-over-{group}.{key}",
            jobs,
            origin,
            does,
            container,
            setting,
            Door(group),
        )


def _container(site: Site, store: Datastore) -> str:
    if store.zone:
        return site.zone(store.zone)
    return child_id(store.account_id or "", "blobServices", "default", "containers", store.container or "")


def _image_builds(site: Site, ml: MachineLearning, workspace: Party) -> Iterator[Promise]:
    """From each declared environment an image is built, of packages that come from somewhere, and kept."""
    cluster = ml.workspace.image_build_cluster
    origin = ml_compute(site) if cluster else Origin.service(site.ml_workspace)
    for key in ml.environments:
        setting = f"ml.environments.{key}"
        images = site.container_registry
        name = f"image-builds.keep-the-image.{key}"
        yield Promise(name, workspace, origin, "push images", images, setting)
        # Without a cluster of ours the registry builds, on machines of its own.
        hosts = ml.package_hosts if cluster and key in ml.installing_environments else {}
        for word, host in hosts.items():
            yield Promise(
                f"image-builds.install-packages.{key}.{word}",
                workspace,
                origin,
                "reach",
                "",
                setting,
                Door(host=_one_host(host)),
            )


def _named_hosts(site: Site, ml: MachineLearning) -> Iterator[Promise]:
    for key, host in ml.workspace.approved_fqdns.items():
        yield Promise(
            f"training-jobs.reach.{key}",
            training_identity(site),
            ml_compute(site),
            "reach",
            "",
            f"ml.workspace.approved_fqdns.{key}",
            Door(host=_one_host(host)),
        )


def _studio(site: Site, ml: MachineLearning, workspace: Party) -> Iterator[Promise]:
    """The studio shows files of the workspace and of each datastore, as the workspace."""
    for key, store in ml.datastores.items():
        if store.access is DatastoreAccess.BY_OWNER:
            continue
        yield Promise(
            f"studio.shows-the-datastore.{key}",
            workspace,
            Origin.service(site.ml_workspace),
            "read blobs",
            _container(site, store),
            f"ml.datastores.{key}",
        )
    yield Promise(
        "studio.shows-outputs",
        workspace,
        Origin.service(site.ml_workspace),
        "read blobs",
        site.ml_storage,
        "ml.workspace.storage_account",
    )


def _sends_telemetry(ml: MachineLearning) -> bool:
    return ml.workspace.managed_network is not ManagedNetworkIsolation.DISABLED


def _vault_is_firewalled(site: Site, ml: MachineLearning) -> bool:
    """In public mode the vault answers listed addresses, and compute's are not."""
    workspace = ml.workspace
    return (
        site.private is None
        and workspace.managed_network is ManagedNetworkIsolation.ALLOW_INTERNET_OUTBOUND
        and workspace.key_vault.existing_resource_id is None
    )


def _one_host(host: str) -> str:
    return host.replace("*", ANY_HOST, 1)

"""What brings data in, what reads predictions, and the lake's second copy."""

from __future__ import annotations

from collections.abc import Iterator

from infra.conventions.name_rules import ResourceKind
from infra.data.sources import host
from infra.promises import parties
from infra.promises.places import cluster_nodes, people
from infra.promises.promise import Door, Origin, Party, Promise
from infra.promises.site import Site
from infra.settings.data_factory import DataFactory
from infra.settings.sources import Source, SourceKind
from infra.settings.synapse import Synapse

_DATABASES: dict[SourceKind, tuple[str, str, int]] = {
    SourceKind.AZURE_SQL: ("query the database", "sqlServer", 1433),
    SourceKind.POSTGRESQL: ("query the database", "postgresqlServer", 5432),
    SourceKind.MYSQL: ("query the database", "mysqlServer", 3306),
    SourceKind.COSMOS_DB: ("read from the database account", "Sql", 443),
    SourceKind.EVENT_HUBS: ("read events", "namespace", 9093),
}
"""Kind of source to what is done there, and over what."""


def data_promises(site: Site) -> Iterator[Promise]:
    """Of the factory, the sources, Synapse and the backup."""
    factory, synapse = site.settings.data_factory, site.settings.synapse
    if factory:
        yield from _factory(site, factory)
    if site.has_databricks_content:
        for key, source in site.settings.sources.items():
            yield from _jobs_read(site, key, source)
    if synapse and site.synapse:
        yield from _synapse(site, synapse)
    if site.settings.recovery.lake_backup and site.lake:
        yield from _backup(site)


def _factory(site: Site, factory: DataFactory) -> Iterator[Promise]:
    """Pipelines copy, score in batch and make views, as the factory itself."""
    who = parties.system(site.data_factory, "pipelines of the data factory")
    origin = Origin.service(site.data_factory)
    for pipeline_key, pipeline in factory.pipelines.items():
        for key, activity in pipeline.activities.items():
            setting = f"data_factory.pipelines.{pipeline_key}.activities.{key}"
            label = f"{pipeline_key}.{key}"
            if activity.copy_data:
                for word, dataset in (
                    ("from", activity.copy_data.from_dataset),
                    ("to", activity.copy_data.to_dataset),
                ):
                    yield from _copied(site, factory, dataset, word, label, setting)
            if activity.batch_endpoint:
                yield Promise(
                    f"pipelines.start-batch-scoring.{label}",
                    who,
                    origin,
                    "start batch scoring",
                    site.batch_endpoint(activity.batch_endpoint),
                    setting,
                )
            if activity.synapse_views and site.synapse:
                yield Promise(
                    f"pipelines.make-views.{label}",
                    who,
                    origin,
                    "run SQL (serverless)",
                    site.synapse,
                    setting,
                )
    for key, source in site.settings.sources.items():
        secret = source.password_secret or source.connection_secret
        if secret and site.key_vault:
            yield Promise(
                f"pipelines.read-the-secret-of-a-source.{key}",
                who,
                origin,
                "read secrets",
                f"{site.key_vault}/secrets/{secret}",
                f"sources.{key}",
            )
    if site.has_self_hosted_runtime:
        yield Promise(
            "own-machines.connect-to-the-factory",
            who,
            people(site),
            "connect a self-hosted runtime",
            site.data_factory,
            "sources",
        )
    yield from _pools(site)


def _copied(
    site: Site, factory: DataFactory, dataset_key: str, word: str, label: str, setting: str
) -> Iterator[Promise]:
    """One end of a copy: a zone of the lake, or a source."""
    dataset = factory.datasets[dataset_key]
    who = parties.system(site.data_factory, "pipelines of the data factory")
    origin = Origin.service(site.data_factory)
    if dataset.zone:
        yield Promise(
            f"pipelines.copy-{word}-the-lake.{label}",
            who,
            origin,
            "write blobs" if word == "to" else "read blobs",
            site.zone(dataset.zone),
            setting,
            Door("dfs"),
        )
    source = site.settings.sources.get(dataset.source or "")
    if source and source.kind in _DATABASES and source.resource_id:
        name = f"pipelines.copy-{word}-the-source.{label}"
        yield _source(site, name, who, origin, source, setting)


def _pools(site: Site) -> Iterator[Promise]:
    who = parties.system(site.data_factory, "pipelines of the data factory")
    for key, pool in (site.settings.synapse.dedicated_pools if site.settings.synapse else {}).items():
        if pool.pause and site.synapse:
            yield Promise(
                f"pipelines.pause-the-pool.{key}",
                who,
                Origin.service(site.data_factory),
                "pause the pool",
                f"{site.synapse}/sqlPools/{site.naming.name(ResourceKind.SYNAPSE_SQL_POOL, key)}",
                f"synapse.dedicated_pools.{key}.pause",
            )


def _jobs_read(site: Site, key: str, source: Source) -> Iterator[Promise]:
    """Databricks' jobs read a source by itself; whether it lets them in is its owner's."""
    if source.kind in _DATABASES and source.resource_id:
        name, who = f"databricks-jobs.read-the-source.{key}", parties.databricks_jobs(site)
        yield _source(site, name, who, cluster_nodes(site), source, f"sources.{key}")


def _source(site: Site, name: str, who: Party, origin: Origin, source: Source, setting: str) -> Promise:
    """Through an endpoint of ours, which names the source; in public mode by its public name."""
    does, group, port = _DATABASES[source.kind]
    if site.private is None:
        return Promise(name, who, origin, "reach", "", setting, Door(host=host(source), port=port))
    return Promise(name, who, origin, does, source.resource_id or "", setting, Door(group, port=port))


def _synapse(site: Site, synapse: Synapse) -> Iterator[Promise]:
    """Views open tables as the workspace; reports read views as the person who opens the report."""
    workspace = parties.system(site.synapse, "the Synapse workspace")
    origin = Origin.service(site.synapse)
    yield Promise(
        "synapse.keeps-its-own-files",
        workspace,
        origin,
        "write blobs",
        site.zone(synapse.workspace_zone),
        "synapse.workspace_zone",
        Door("dfs"),
    )
    zones = {view.zone for view in synapse.views.values()}
    zones |= {pool.staging.zone for pool in synapse.dedicated_pools.values()}
    for zone in sorted(zones):
        yield Promise(
            f"synapse.reads-the-tables-under-views.{zone}",
            workspace,
            origin,
            "read blobs",
            site.zone(zone),
            "synapse.views",
            Door("dfs"),
        )
    for persona in (*synapse.readers, synapse.sql_administrator):
        if persona not in site.settings.access.personas:
            continue
        who, slug = parties.persona(site, persona), parties.slug(persona)
        word = "reads-views" if persona in synapse.readers else "administers-sql"
        yield Promise(
            f"{slug}.{word}", who, people(site), "run SQL (serverless)", site.synapse, "synapse.readers"
        )
        if synapse.dedicated_pools:
            name = f"{slug}.queries-dedicated-pools"
            yield Promise(
                name, who, people(site), "run SQL (dedicated)", site.synapse, "synapse.dedicated_pools"
            )


def _backup(site: Site) -> Iterator[Promise]:
    vault = site.arm.resource_id(
        "Microsoft.DataProtection", "backupVaults", site.naming.name(ResourceKind.BACKUP_VAULT)
    )
    yield Promise(
        "backup-vault.copies-the-lake-every-day",
        parties.system(vault, "the lake's backup vault"),
        Origin.service(vault),
        "take backups",
        site.lake,
        "recovery.lake_backup",
    )

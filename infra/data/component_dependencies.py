"""Which parts of a platform data's components work with."""

from __future__ import annotations

import pulumi

from infra.conventions.known import known
from infra.data.data_factory.factory_dependencies import DatabricksSide, FactoryDependencies, ServerlessSql
from infra.data.lake import Lake
from infra.data.synapse import Synapse, SynapseDependencies
from infra.data.synapse_spark_pools import SparkAttachment
from infra.data.synapse_views import group_names, refreshes_views, view_statements
from infra.databricks.platform import DatabricksPlatform
from infra.foundation.encryption import Encryption, key_for
from infra.ml.platform import MachineLearningPlatform
from infra.settings.databricks import DatabricksContent
from infra.settings.encryption import EncryptedService
from infra.settings.platform import PlatformSettings


def factory_dependencies(
    settings: PlatformSettings,
    lake: Lake | None,
    ml: MachineLearningPlatform | None,
    databricks: DatabricksPlatform | None,
    synapse: Synapse | None,
    encryption: Encryption | None,
) -> FactoryDependencies:
    """The ML workspace and Synapse only where a pipeline calls them, Databricks only with its content: jobs, pools,
    folders."""
    factory = settings.data_factory
    calls_ml = factory is not None and any(
        activity.batch_endpoint
        for pipeline in factory.pipelines.values()
        for activity in pipeline.activities.values()
    )
    has_content = settings.databricks is not None and settings.databricks.content is DatabricksContent.MANAGED
    return FactoryDependencies(
        encryption_key=key_for(encryption, EncryptedService.DATA_FACTORY),
        lake=lake,
        key_vault=ml.dependents.key_vault if ml else None,
        ml_workspace=ml.workspace.reference if ml and calls_ml else None,
        databricks=_databricks_side(databricks) if databricks and has_content else None,
        serverless_sql=_serverless_sql(settings, lake, synapse) if refreshes_views(factory) else None,
        sources=settings.sources,
        batch_endpoint_generations={
            key: endpoint.generation
            for key, endpoint in (settings.serving.batch_endpoints if settings.serving else {}).items()
        },
    )


def synapse_dependencies(
    lake: Lake, ml: MachineLearningPlatform | None, encryption: Encryption | None
) -> SynapseDependencies:
    """Spark pools are attached to the ML workspace, for jobs that run as its training clusters do."""
    return SynapseDependencies(lake, encryption, _spark_attachment(ml) if ml else None)


def _spark_attachment(ml: MachineLearningPlatform) -> SparkAttachment:
    """After the training clusters, which wait for the grants of the identity that both run as."""
    workspace = ml.workspace.reference
    if ml.ingredients is None:
        return SparkAttachment(workspace, None)
    clusters = [made for cluster in ml.ingredients.clusters.values() for made in cluster.prerequisites]
    return SparkAttachment(workspace.after(*clusters), ml.ingredients.identity)


def _databricks_side(databricks: DatabricksPlatform) -> DatabricksSide:
    if databricks.factory_caller is None:
        raise pulumi.RunError(
            "a factory calls Databricks with an identity that Databricks knows; name its jobs"
        )
    return DatabricksSide(
        workspace=databricks.workspace.ready,
        url=databricks.workspace.url,
        job_ids=databricks.job_ids,
        pool_ids=databricks.pool_ids,
        policy_ids=databricks.policy_ids,
        git_folder_paths=databricks.git_folder_paths,
        caller=databricks.factory_caller.identity,
    )


def _serverless_sql(
    settings: PlatformSettings, lake: Lake | None, synapse: Synapse | None
) -> ServerlessSql | None:
    """A batch names the zone that its view reads: the pipeline is made after it."""
    if settings.synapse is None or lake is None or synapse is None:
        return None
    zones = sorted({view.zone for view in settings.synapse.views.values()})
    containers = [item for zone in zones for item in lake.zones[zone].container.prerequisites]
    batches = tuple(
        known(batch, *containers) if containers else pulumi.Output.from_input(batch)
        for batch in view_statements(settings, group_names(settings))
    )
    return ServerlessSql(synapse.reference, settings.synapse.database, batches)

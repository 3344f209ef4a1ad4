"""Which parts of a platform data's components work with."""

from __future__ import annotations

from infra.data.data_factory.surroundings import DatabricksSide, FactorySurroundings
from infra.data.lake import Lake
from infra.databricks.platform import DatabricksPlatform
from infra.ml.platform import MachineLearningPlatform
from infra.settings.databricks import DatabricksContent
from infra.settings.platform import PlatformSettings


def factory_surroundings(
    settings: PlatformSettings,
    lake: Lake | None,
    ml: MachineLearningPlatform | None,
    databricks: DatabricksPlatform | None,
) -> FactorySurroundings:
    """The ML workspace only where a pipeline calls it, Databricks only with its content: jobs, pools, folders."""
    factory = settings.data_factory
    calls_ml = factory is not None and any(
        activity.batch_endpoint
        for pipeline in factory.pipelines.values()
        for activity in pipeline.activities.values()
    )
    has_content = settings.databricks is not None and settings.databricks.content is DatabricksContent.MANAGED
    return FactorySurroundings(
        lake=lake,
        key_vault=ml.dependents.key_vault if ml else None,
        ml_workspace=ml.workspace.reference if ml and calls_ml else None,
        databricks=_databricks_side(databricks) if databricks and has_content else None,
        sources=settings.sources,
        batch_endpoint_generations={
            key: endpoint.generation
            for key, endpoint in (settings.serving.batch_endpoints if settings.serving else {}).items()
        },
    )


def _databricks_side(databricks: DatabricksPlatform) -> DatabricksSide:
    return DatabricksSide(
        workspace=databricks.workspace.reference,
        url=databricks.workspace.url,
        job_ids=databricks.job_ids,
        pool_ids=databricks.pool_ids,
        policy_ids=databricks.policy_ids,
        git_folder_paths=databricks.git_folder_paths,
    )

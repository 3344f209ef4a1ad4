"""What of the platform apps call and pull from."""

from __future__ import annotations

from infra.apps.container_apps import AppDependencies
from infra.ml.platform import MachineLearningPlatform
from infra.serving.platform import ServingPlatform


def app_dependencies(ml: MachineLearningPlatform | None, serving: ServingPlatform | None) -> AppDependencies:
    """Of the parts that there are."""
    return AppDependencies(
        ml_workspace=ml.workspace.reference if ml else None,
        container_registry=ml.dependents.container_registry if ml else None,
        endpoints=serving.endpoints.references if serving else {},
        scoring_uris=serving.endpoints.scoring_uris if serving else {},
    )

"""What of the platform apps call and pull from."""

from __future__ import annotations

from infra.apps.container_apps import AppSurroundings
from infra.ml.platform import MachineLearningPlatform
from infra.serving.platform import ServingPlatform


def app_surroundings(ml: MachineLearningPlatform | None, serving: ServingPlatform | None) -> AppSurroundings:
    """Of the parts that there are."""
    return AppSurroundings(
        ml_workspace=ml.workspace.reference if ml else None,
        container_registry=ml.dependents.container_registry if ml else None,
        endpoints=serving.endpoints.references if serving else {},
        scoring_uris=serving.endpoints.scoring_uris if serving else {},
    )

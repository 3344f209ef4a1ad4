"""Which parts of a platform there are to watch."""

from __future__ import annotations

from infra.context import Context
from infra.foundation.observability import Observability
from infra.ml.platform import MachineLearningPlatform
from infra.monitoring.targets import PublicAddress, Targets
from infra.serving.platform import ServingPlatform
from infra.settings.platform import PlatformSettings
from infra.settings.serving_endpoints import RunsOn

NOBODY = 401
"""What an endpoint that works answers to a caller without credentials."""


def watched(
    settings: PlatformSettings,
    observability: Observability,
    ml: MachineLearningPlatform | None,
    serving: ServingPlatform | None,
    context: Context,
) -> Targets:
    """Availability is asked of public addresses only: managed endpoints in public mode, containers with a name."""
    addresses: dict[str, PublicAddress] = {}
    endpoints = settings.serving.endpoints if settings.serving else {}
    managed = [key for key, endpoint in endpoints.items() if endpoint.runs_on is RunsOn.MANAGED]
    if serving and settings.serving and context.is_public:
        for key in managed:
            addresses[f"endpoint-{key}"] = PublicAddress(serving.endpoints.scoring_uris[key], NOBODY)
        for key, urls in serving.container_urls.items():
            addresses[f"container-{key}"] = PublicAddress(urls["swagger"], 200)
    return Targets(
        log_analytics=observability.log_analytics,
        application_insights=observability.application_insights,
        ml_workspace=ml.workspace.reference if ml else None,
        kubernetes=serving.cluster if serving else None,
        has_databricks=settings.databricks is not None,
        managed_endpoints={key: serving.endpoints.references[key] for key in managed} if serving else {},
        scores_on_kubernetes=serving is not None and len(managed) < len(endpoints),
        public_addresses=addresses,
    )

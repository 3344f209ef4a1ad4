"""Which parts of a platform there are to watch."""

from __future__ import annotations

from infra.apps.container_apps import ContainerApps
from infra.context import Context
from infra.databricks.platform import DatabricksPlatform
from infra.foundation.observability import Observability
from infra.ml.platform import MachineLearningPlatform
from infra.monitoring.targets import PublicAddress, Targets
from infra.serving.platform import ServingPlatform
from infra.settings.platform import PlatformSettings
from infra.settings.serving_endpoints import RunsOn

NOBODY = 401
"""What an endpoint that works answers to a caller without credentials."""
SENT_TO_SIGN_IN = 302


def watched(
    settings: PlatformSettings,
    observability: Observability,
    ml: MachineLearningPlatform | None,
    databricks: DatabricksPlatform | None,
    serving: ServingPlatform | None,
    apps: ContainerApps | None,
    context: Context,
) -> Targets:
    """Availability is asked of public addresses only: managed endpoints in public mode, containers with a name, apps
    that never sleep (asking every minute would keep the others awake, and billed)."""
    addresses: dict[str, PublicAddress] = {}
    endpoints = settings.serving.endpoints if settings.serving else {}
    managed = [key for key, endpoint in endpoints.items() if endpoint.runs_on is RunsOn.MANAGED]
    if serving and settings.serving and context.is_public:
        for key in managed:
            addresses[f"endpoint-{key}"] = PublicAddress(serving.endpoints.scoring_uris[key], NOBODY)
        for key, urls in serving.container_urls.items():
            addresses[f"container-{key}"] = PublicAddress(urls["swagger"], 200)
    if apps and settings.apps and context.is_public:
        for key, app in settings.apps.apps.items():
            if app.min_replicas and app.sign_in:
                status = SENT_TO_SIGN_IN if app.sign_in.redirect else NOBODY
                addresses[f"app-{key}"] = PublicAddress(apps.urls[key], status)
    vault = settings.ml.workspace.key_vault if settings.ml else None
    return Targets(
        log_analytics=observability.log_analytics,
        application_insights=observability.application_insights,
        ml_workspace=ml.workspace.reference if ml else None,
        key_vault=ml.dependents.key_vault if ml and vault and not vault.existing_resource_id else None,
        secret_scope_vaults=databricks.secret_vaults if databricks else {},
        kubernetes=serving.cluster if serving else None,
        has_databricks=settings.databricks is not None,
        has_backups=ml is not None and settings.recovery.notebook_backup,
        has_lake_backup=settings.recovery.lake_backup is not None,
        managed_endpoints={key: serving.endpoints.references[key] for key in managed} if serving else {},
        scores_on_kubernetes=serving is not None and len(managed) < len(endpoints),
        container_apps=apps.references if apps else {},
        public_addresses=addresses,
    )

"""What one replica of a container app is, and when there are more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pulumi
from pulumi_azure_native import app

from infra.access.identity import Identity
from infra.context import Reference
from infra.settings import apps as settings_of

PROFILE = "Consumption"


@dataclass(frozen=True)
class Called:
    """The endpoints that an app scores with, by key, and the workspace that gives it their tokens."""

    ml_workspace: Reference
    names: Mapping[str, pulumi.Output[str]]
    scoring_uris: Mapping[str, pulumi.Output[str]]


def app_template(
    key: str, settings: settings_of.App, identity: Identity, called: Called | None
) -> app.TemplateArgs:
    """The app's one container and how it scales; `called` is None for one that scores with nothing."""
    variables: list[tuple[str, pulumi.Input[str]]] = [
        # Which of its identities the SDKs sign in with.
        ("AZURE_CLIENT_ID", identity.resource.client_id),
        *(_told(called) if called else ()),
        *settings.environment.items(),
    ]
    return app.TemplateArgs(
        containers=[
            app.ContainerArgs(
                name=key,
                image=settings.first_image,
                resources=app.ContainerResourcesArgs(cpu=settings.cpu, memory=f"{settings.cpu * 2:g}Gi"),
                env=[app.EnvironmentVarArgs(name=name, value=value) for name, value in variables],
                probes=_probes(settings),
            )
        ],
        scale=app.ScaleArgs(
            min_replicas=settings.min_replicas,
            max_replicas=settings.max_replicas,
            rules=[
                app.ScaleRuleArgs(
                    name="requests",
                    http=app.HttpScaleRuleArgs(
                        metadata={"concurrentRequests": str(settings.concurrent_requests)}
                    ),
                )
            ],
        ),
    )


def _told(called: Called) -> Iterator[tuple[str, pulumi.Input[str]]]:
    """An endpoint's token comes from Resource Manager, by workspace and name: its address alone is not enough
    (learn.microsoft.com machine-learning/how-to-authenticate-online-endpoint)."""
    yield settings_of.ML_WORKSPACE_ID, called.ml_workspace.known_id
    for key, name in called.names.items():
        yield f"{settings_of.ENDPOINT_NAME}{_variable(key)}", name
        yield f"{settings_of.SCORING_URI}{_variable(key)}", called.scoring_uris[key]


def _probes(settings: settings_of.App) -> list[app.ContainerAppProbeArgs] | None:
    """None: the service asks whether the port is open, to start, to be ready and to live (learn.microsoft.com
    container-apps/health-probes, default configuration)."""
    if settings.health_path is None:
        return None
    return [
        app.ContainerAppProbeArgs(
            type=kind,
            http_get=app.ContainerAppProbeHttpGetArgs(path=settings.health_path, port=settings.port),
            initial_delay_seconds=delay,
            period_seconds=10,
            failure_threshold=failures,
        )
        # A start may take a hundred seconds; after that, a container that does not answer for half a minute is
        # restarted.
        for kind, delay, failures in (
            (app.Type.STARTUP, 1, 10),
            (app.Type.READINESS, 5, 3),
            (app.Type.LIVENESS, 5, 3),
        )
    ]


def _variable(key: str) -> str:
    return key.upper().replace("-", "_")

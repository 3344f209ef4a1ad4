"""What scores, who scores, and the apps in front of it."""

from __future__ import annotations

from collections.abc import Iterator

from azure_facts.arm_ids import child_id
from infra.access.identity_purpose import IdentityPurpose
from infra.conventions.address_plan import SubnetPurpose
from infra.promises import parties
from infra.promises.made import NODES, Made
from infra.promises.places import kubernetes, ml_compute, people, visitors
from infra.promises.promise import Door, Origin, OriginKind, Party, Promise
from infra.promises.site import Site
from infra.settings.access import Persona
from infra.settings.apps import AiServiceHost
from infra.settings.serving import Serving
from infra.settings.serving_endpoints import EndpointAuthentication, RunsOn

_VISITORS = (Persona.ANALYST, Persona.DATA_SCIENTIST)


def serving_promises(site: Site, made: Made) -> Iterator[Promise]:
    """Of endpoints, the cluster that some run on, and apps."""
    serving = site.settings.serving
    if serving is not None and site.settings.ml is not None:
        yield from _deployments(site, serving)
        if site.kubernetes:
            yield from _cluster(site, made)
        if Persona.ANALYST in site.settings.access.personas:
            analyst = parties.persona(site, Persona.ANALYST)
            yield from scoring(
                site, "analyst", analyst, people(site), list(serving.endpoints), "serving.endpoints"
            )
        yield from _batch(site, serving)
    yield from _apps(site)
    yield from _ai_services(site)


def scoring(
    site: Site, who: str, party: Party, origin: Origin, endpoints: list[str], setting: str
) -> Iterator[Promise]:
    """What it takes to score with each endpoint: the right to a token, and the road to where it answers."""
    serving = site.settings.serving
    if serving is None:
        return
    kinds = {serving.endpoints[key].authentication for key in endpoints}
    if EndpointAuthentication.AML_TOKEN in kinds:
        # The workspace gives it, wherever the endpoint answers.
        name = f"{who}.gets-a-scoring-token"
        yield Promise(name, party, origin, "get a scoring token", site.ml_workspace, setting)
    for key in endpoints:
        endpoint, resource = serving.endpoints[key], site.online_endpoint(key)
        does = (
            "score" if endpoint.authentication is EndpointAuthentication.ENTRA_TOKEN else "use the endpoint"
        )
        door = _scoring_door(site, endpoint.runs_on)
        if door is not None:
            yield Promise(f"{who}.scores.{key}", party, origin, does, resource, setting, door)


def _scoring_door(site: Site, runs_on: RunsOn) -> Door | None:
    """Where an endpoint answers. A router without TLS answers at an address that the load balancer makes up."""
    if runs_on is not RunsOn.KUBERNETES:
        return Door("amlworkspace")
    tls = site.settings.serving.router.tls if site.settings.serving else None
    return Door(host=tls.common_name) if tls else None


def _deployments(site: Site, serving: Serving) -> Iterator[Promise]:
    """A deployment pulls its image, loads its model, and logs."""
    identity = parties.identity(site, IdentityPurpose.SCORING, "deployments")
    kinds = {endpoint.runs_on for endpoint in serving.endpoints.values()}
    origins = {
        RunsOn.KUBERNETES: ("on-the-cluster", kubernetes(site)),
        RunsOn.MANAGED: ("on-managed-machines", ml_compute(site)),
    }
    for runs_on in sorted(kinds):
        word, origin = origins[runs_on]
        for name, does, on in (
            ("pull-their-image", "pull images", site.container_registry),
            ("load-their-model", "read blobs", site.ml_storage),
        ):
            yield Promise(f"deployments.{name}.{word}", identity, origin, does, on, "serving.endpoints")
        if site.private or runs_on is RunsOn.KUBERNETES:
            yield Promise(
                f"deployments.send-telemetry.{word}",
                identity,
                origin,
                "send telemetry",
                site.application_insights,
                "serving.endpoints",
            )
    declared = [item for endpoint in serving.endpoints.values() for item in endpoint.deployments.values()]
    if any(item.loads_models_at_scoring for item in declared):
        origin = kubernetes(site) if site.kubernetes else ml_compute(site)
        for name, does, on in (
            ("find-models-at-scoring", "read models", site.ml_workspace),
            ("use-promoted-models-at-scoring", "read registered assets", site.ml_registry),
        ):
            if on:
                yield Promise(f"deployments.{name}", identity, origin, does, on, "serving.endpoints")
    if any(item.collects_data for item in declared):
        yield Promise(
            "deployments.keep-what-is-asked",
            identity,
            ml_compute(site),
            "write blobs",
            site.ml_storage,
            "serving.endpoints",
        )


def _cluster(site: Site, made: Made) -> Iterator[Promise]:
    """Nodes pull scoring images; over closed storage the attached cluster works as an identity of its own."""
    setting = "serving.cluster"
    if NODES in made:
        nodes = parties.principal(made[NODES], "the scoring cluster's nodes")
        images = site.container_registry
        name = "cluster-nodes.pull-scoring-images"
        yield Promise(name, nodes, kubernetes(site), "pull images", images, setting)
    workspace = parties.identity(site, IdentityPurpose.ML_WORKSPACE, "the ML workspace")
    yield Promise(
        "ml-workspace.deploys-to-the-cluster",
        workspace,
        Origin.service(site.ml_workspace),
        "attach the cluster",
        site.kubernetes,
        setting,
    )
    yield Promise(
        "ml-workspace.sets-up-trusted-access",
        workspace,
        Origin.service(site.ml_workspace),
        "set up trusted access",
        site.kubernetes,
        setting,
    )
    yield Promise(
        "ml-workspace.reaches-the-cluster",
        parties.system(site.ml_workspace, "the ML workspace, as a trusted service"),
        Origin.service(site.ml_workspace),
        "use the cluster as a trusted service",
        site.kubernetes,
        setting,
    )
    if site.private is not None:
        yield from _cluster_network(site)
        attached = parties.system(site.attached_cluster, "the attached cluster")
        for name, does, on in (
            ("pulls-scoring-images", "pull images", site.container_registry),
            ("reads-models", "write blobs", site.ml_storage),
            ("works-on-closed-storage", "manage the storage account", site.ml_storage),
        ):
            yield Promise(f"attached-cluster.{name}", attached, kubernetes(site), does, on, setting)
        yield Promise(
            "ml-workspace.opens-closed-storage",
            parties.system(site.ml_workspace, "the ML workspace, as a trusted service"),
            Origin.service(site.ml_workspace),
            "write blobs",
            site.ml_storage,
            setting,
        )


def _batch(site: Site, serving: Serving) -> Iterator[Promise]:
    for key in serving.batch_endpoints:
        if Persona.CI in site.settings.access.personas:
            yield Promise(
                f"ci.starts-batch-scoring.{key}",
                parties.persona(site, Persona.CI),
                people(site),
                "start batch scoring",
                site.batch_endpoint(key),
                f"serving.batch_endpoints.{key}",
            )


def _apps(site: Site) -> Iterator[Promise]:
    """An app's image is pulled and it scores; people open it."""
    apps = site.settings.apps.apps if site.settings.apps else {}
    endpoints = list(site.settings.serving.endpoints) if site.settings.serving and site.settings.ml else []
    for key, app in apps.items():
        identity = parties.identity(site, f"app-{key}", f"the app {key}")
        origin, setting = Origin.service(site.app(key)), f"apps.apps.{key}"
        if site.container_registry:
            yield Promise(
                f"app.pulls-its-image.{key}",
                identity,
                origin,
                "pull images",
                site.container_registry,
                setting,
            )
        called = endpoints if app.calls is None else app.calls
        yield from scoring(site, f"app.{key}", identity, origin, called, setting)
        for visitor in _VISITORS:
            if visitor in site.settings.access.personas:
                yield Promise(
                    f"{parties.slug(visitor)}.opens-the-app.{key}",
                    parties.persona(site, visitor),
                    visitors(site),
                    "open the app",
                    site.app_environment,
                    setting,
                )


def _ai_services(site: Site) -> Iterator[Promise]:
    """A container on the cluster reads its account's key, by an identity that its pods take."""
    services = site.settings.apps.ai_services if site.settings.apps and site.settings.ml else {}
    on_cluster = [key for key, item in services.items() if item.runs_on is AiServiceHost.KUBERNETES]
    if on_cluster and site.kubernetes:
        identity = parties.identity(site, IdentityPurpose.AI_SERVICES, "AI service containers")
        for key in on_cluster:
            yield Promise(
                f"ai-service.reads-its-key.{key}",
                identity,
                Origin(OriginKind.KUBERNETES, site.kubernetes),
                "read secrets",
                child_id(site.key_vault, "secrets", f"ai-service-{key}-key"),
                f"apps.ai_services.{key}",
            )


def _cluster_network(site: Site) -> Iterator[Promise]:
    """AKS joins nodes to the network's subnet, and links the zone of its API server, by itself."""
    setting, cluster = "serving.cluster", site.settings.serving and site.settings.serving.cluster
    control_plane = parties.identity(site, IdentityPurpose.AKS, "the scoring cluster")
    origin, subnet = Origin.service(site.kubernetes), site.subnet(SubnetPurpose.KUBERNETES)
    yield Promise(
        "scoring-cluster.joins-its-subnet", control_plane, origin, "join the subnet", subnet, setting
    )
    if cluster and cluster.api_server_zone and site.private and site.private.hub:
        name = "scoring-cluster.links-the-zone-of-its-api-server"
        network = site.virtual_network
        yield Promise(name, control_plane, origin, "link a zone to the network", network, setting)

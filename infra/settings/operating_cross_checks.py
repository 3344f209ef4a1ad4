"""What promotion, apps and programs outside need of the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from azure_facts.regions import REGIONS
from azure_facts.vm_sizes import vm_size
from infra.settings.apps import AiService, AiServiceHost
from infra.settings.base import Problem
from infra.settings.databricks.machine_learning import ModelRegistry
from infra.settings.environment import EnvironmentKind
from infra.settings.messages import absent
from infra.settings.network import PrivateNetwork
from infra.settings.platform import PlatformSettings
from infra.settings.serving_endpoints import RunsOn


def workloads_find_what_they_use(settings: PlatformSettings) -> Iterator[Problem]:
    """Rights are on resources of ml; jobs are named by key; somebody gets a mail before a secret expires."""
    jobs = settings.databricks.jobs if settings.databricks else {}
    where = "databricks.jobs" if settings.databricks else "databricks.jobs, since there is no databricks"
    for area in ("workload_identities", "workload_applications"):
        for key, workload in getattr(settings.access, area).items():
            path = f"access.{area}.{key}"
            for index, job in enumerate(workload.databricks_jobs):
                if job not in jobs:
                    yield Problem(f"{path}.databricks_jobs[{index}]", absent(job, where, jobs))
            if workload.rights and settings.ml is None:
                yield Problem(
                    f"{path}.rights",
                    "are on the ML workspace and its services, and there is no ml; add ml",
                )
    for key in settings.access.workload_applications:
        path = f"access.workload_applications.{key}.secret_name"
        if settings.ml is None:
            yield Problem(path, "is kept in the Key Vault of ml, and there is no ml; add ml")
        if settings.monitoring is None:
            yield Problem(path, "expires one day, and nobody would get a mail; add monitoring with emails")


def registry_fits(settings: PlatformSettings) -> Iterator[Problem]:
    """The registry's primary region is the stack's, and prod owns it."""
    registry = settings.promotion and settings.promotion.registry
    if not registry:
        return
    location = settings.azure.location
    if location not in registry.regions:
        yield Problem(
            "promotion.registry.regions",
            f"lacks {location}, the primary region, which is the stack's; add it",
        )
    if len(set(registry.regions)) != len(registry.regions):
        yield Problem("promotion.registry.regions", "names a region twice; name each once")
    if settings.environment.kind is EnvironmentKind.NONPROD:
        yield Problem(
            "promotion.registry",
            "is given in a nonprod environment; prod owns the registry, others read it (access.reads_from with "
            "scope ml-registry)",
        )
    for region in registry.regions:
        if "ZRS" in registry.redundancy and not REGIONS[region].has_availability_zones:
            yield Problem(
                "promotion.registry.redundancy",
                f"needs availability zones, which {region} does not have; give Standard_LRS or Standard_GRS",
            )


def promoted_models_have_a_registrant(settings: PlatformSettings) -> Iterator[Problem]:
    """Everybody who may write dev's workspace may register a model there; prod takes only those of its
    jobs."""
    promotion = settings.promotion
    if promotion is None or settings.environment.kind is EnvironmentKind.NONPROD:
        return
    if promotion.registered_by is None:
        yield Problem(
            "promotion.registered_by",
            "is missing, and a model that a person registered would be promoted like one of the jobs'; give "
            "application_id and object_id of the jobs' principal of the environment that models come from",
        )
        return
    databricks = settings.databricks
    own = databricks.jobs_service_principal_application_id if databricks else None
    if own == promotion.registered_by.application_id:
        yield Problem(
            "promotion.registered_by.application_id",
            "is this environment's own jobs' principal, which registers nothing where models come from; give that "
            "environment's",
        )


def promoted_models_are_registered(settings: PlatformSettings) -> Iterator[Problem]:
    """A promotion that reads a registry which no job writes would never find a model."""
    promotion, databricks = settings.promotion, settings.databricks
    if promotion is None:
        return
    if databricks is None or databricks.model_registry is ModelRegistry.AZUREML:
        if settings.ml is None:
            yield Problem(
                "promotion",
                "reads models of an ML workspace, and there is no ml; add ml, or remove promotion",
            )
        return
    if promotion.registry:
        yield Problem(
            "promotion.registry",
            f"is of Azure ML, and jobs register in {databricks.model_registry} (databricks.model_registry), so nothing "
            "would ever come there; remove the registry (a metastore's catalogs share models), or set it to azureml",
        )
    catalogs = databricks.unity_catalog.catalogs if databricks.unity_catalog else {}
    may = [
        {*catalog.jobs_may, *schema.jobs_may}
        for catalog in catalogs.values()
        for schema in catalog.schemas.values()
    ]
    if not any("CREATE_MODEL" in privileges for privileges in may):
        yield Problem(
            "databricks.model_registry",
            f"is {databricks.model_registry}, where promotion reads models, and no schema lets jobs make one; add "
            "CREATE_MODEL to jobs_may of a schema, or remove promotion",
        )


def commands_reach_a_cluster(settings: PlatformSettings) -> Iterator[Problem]:
    """A right to run commands in the cluster needs one, and one that takes them."""
    if not settings.access.cluster_commands:
        return
    cluster = settings.serving.cluster if settings.serving else None
    if cluster is None:
        yield Problem("access.cluster_commands", "is for serving.cluster, and there is none; remove it")
    elif not cluster.run_command:
        yield Problem(
            "access.cluster_commands",
            "names who may run commands in the cluster, and serving.cluster.run_command: false forbids it; set "
            "that to true, or remove this",
        )


def apps_fit(settings: PlatformSettings) -> Iterator[Problem]:
    """Apps call existing endpoints, and a container without a sign-in has no public address."""
    apps = settings.apps
    if apps is None:
        return
    endpoints = settings.serving.endpoints if settings.serving else {}
    where = "serving.endpoints" if settings.serving else "serving.endpoints, since there is no serving"
    for key, app in apps.apps.items():
        for index, endpoint in enumerate(app.calls or ()):
            if endpoint not in endpoints:
                yield Problem(f"apps.apps.{key}.calls[{index}]", absent(endpoint, where, endpoints))
        for endpoint in _without_road(settings, app.calls):
            yield Problem(
                f"apps.apps.{key}.calls",
                f"{'names' if app.calls else 'has no value and so names'} '{endpoint}', whose router answers in the "
                "cluster's own network only, and in network.mode: public the app is in no network; give serving.router "
                "internal: false with tls, or a list of calls without this endpoint ([] for none)",
            )
    for key, service in apps.ai_services.items():
        yield from _ai_service_fits(settings, f"apps.ai_services.{key}", service)


def _without_road(settings: PlatformSettings, calls: Collection[str] | None) -> Iterator[str]:
    """Endpoints that an app would call in vain: in private mode app and cluster are in one network."""
    serving = settings.serving
    if serving is None or isinstance(settings.network, PrivateNetwork) or not serving.router.internal:
        return
    for key, endpoint in serving.endpoints.items():
        if endpoint.runs_on is RunsOn.KUBERNETES and (calls is None or key in calls):
            yield key


def _ai_service_fits(settings: PlatformSettings, path: str, service: AiService) -> Iterator[Problem]:
    if settings.ml is None:
        yield Problem(path, "keeps its key in the Key Vault of ml, and there is no ml; add ml")
    if service.runs_on is AiServiceHost.KUBERNETES:
        cluster = settings.serving.cluster if settings.serving else None
        if cluster is None:
            yield Problem(
                f"{path}.runs_on",
                "is kubernetes, and there is no serving.cluster that would run it; add serving.cluster, or give "
                "container_instance",
            )
        elif not cluster.key_vault_secrets:
            yield Problem(
                f"{path}.runs_on",
                "is kubernetes, where the container takes its key through the Key Vault driver; set "
                "serving.cluster.key_vault_secrets to true",
            )
    elif isinstance(settings.network, PrivateNetwork):
        yield Problem(
            f"{path}.runs_on",
            "is container_instance, for which the private network has no subnet; give kubernetes (docs/apps.md), or "
            "remove the service",
        )
    elif service.public and settings.environment.kind is EnvironmentKind.PROD:
        yield Problem(
            f"{path}.public",
            "is true in a prod environment, and the container has no sign-in; set it to false",
        )


def assumptions_name_what_there_is(settings: PlatformSettings) -> Iterator[Problem]:
    """Hours of something that does not exist would be missing from the sheet without a message."""
    for field, keys, where, there in _assumptions(settings):
        if there is not None:
            for key in keys:
                if key not in there:
                    yield Problem(f"cost.{field}.{key}", absent(key, where, there))


def job_work_can_be_reckoned(settings: PlatformSettings) -> Iterator[Problem]:
    """Minutes follow from work only where it is known which cores do it."""
    cost, databricks = settings.cost, settings.databricks
    for key in cost.job_work:
        path = f"cost.job_work.{key}"
        if key in cost.job_minutes:
            yield Problem(path, "is given beside cost.job_minutes for the same job; keep one of the two")
        job = databricks.jobs.get(key) if databricks else None
        if databricks is None or job is None:
            continue
        named = {task.cluster for task in job.tasks.values()}
        used = [cluster for name, cluster in job.clusters.items() if name in named]
        if len(used) != 1:
            yield Problem(
                path, f"needs a job with one cluster, and this one has {len(used)}; give job_minutes"
            )
            continue
        size = used[0].size_in(databricks.pools)
        if size and vm_size(size) is None:
            yield Problem(
                path, f"needs the number of cores of '{size}', which is not known; give job_minutes"
            )


def assumptions_of_absent_areas(settings: PlatformSettings) -> Iterator[Problem]:
    """An area that the stack does not have may come back, so its hours are not refused; they have no
    effect."""
    for field, keys, where, there in _assumptions(settings):
        if there is None and keys:
            area = where.partition(".")[0]
            yield Problem(
                f"cost.{field}", f"has no effect, since there is no {area}; remove it, or add {area}"
            )


def _assumptions(
    settings: PlatformSettings,
) -> Iterator[tuple[str, Collection[str], str, Collection[str] | None]]:
    """Field of `cost`, the keys it names, where these are defined, and what is there; None without the area."""
    cost, databricks, ml, synapse = settings.cost, settings.databricks, settings.ml, settings.synapse
    jobs = databricks.jobs if databricks else None
    yield "job_minutes", cost.job_minutes, "databricks.jobs", jobs
    yield "job_work", cost.job_work, "databricks.jobs", jobs
    yield "job_runs_per_day", cost.job_runs_per_day, "databricks.jobs", jobs
    clusters = databricks.clusters if databricks else None
    yield "cluster_hours", cost.cluster_hours, "databricks.clusters", clusters
    warehouses = databricks.sql_warehouses if databricks else None
    yield "warehouse_hours", cost.warehouse_hours, "databricks.sql_warehouses", warehouses
    endpoints = databricks.serving_endpoints if databricks else None
    yield "serving_hours", cost.serving_hours, "databricks.serving_endpoints", endpoints
    training = ml.training_clusters if ml else None
    yield "training_cluster_hours", cost.training_cluster_hours, "ml.training_clusters", training
    pools = synapse.spark_pools if synapse else None
    yield "spark_pool_hours", cost.spark_pool_hours, "synapse.spark_pools", pools

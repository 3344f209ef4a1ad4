"""Who is told what, where logs arrive, what starts by itself, and what programs outside do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from azure_facts.arm_ids import subscription_id
from infra.access.identity_purpose import IdentityPurpose
from infra.conventions.name_rules import ResourceKind
from infra.promises import parties
from infra.promises.places import people
from infra.promises.promise import Door, Origin, Promise
from infra.promises.site import Site
from infra.settings.access import Workload, WorkloadRight

_RIGHTS: Mapping[WorkloadRight, tuple[tuple[str, str], ...]] = {
    WorkloadRight.RUN_ML_JOBS: (
        ("submits-jobs", "submit a training job"),
        ("uploads-code", "write blobs"),
    ),
    WorkloadRight.OBSERVE_ML_JOBS: (("waits-for-jobs", "follow jobs"),),
    WorkloadRight.READ_ML_STORAGE: (("reads-outputs", "read blobs"),),
    WorkloadRight.READ_SECRETS: (("reads-secrets", "read secrets"),),
}
"""What a program outside does with each right; scoring is in `infra.promises.serving`."""


def operating_promises(site: Site) -> Iterator[Promise]:
    """Of alerts, logs, costs and programs outside."""
    yield from _mails(site)
    yield from _logs(site)
    yield from _retraining(site)
    for key, workload in site.settings.access.workloads.items():
        yield from _program(site, key, workload)


def foundation_promises(site: Site) -> Iterator[Promise]:
    """What holds before the hub has peered back: nothing of it needs a road."""
    yield from _budget(site)


def _mails(site: Site) -> Iterator[Promise]:
    yield from _budget(site)
    groups = {}
    if site.settings.monitoring:
        groups["alerts-reach-somebody"] = ("platform", "monitoring.emails")
    if site.settings.data_factory:
        groups["failed-pipelines-reach-somebody"] = ("data", "data_factory.failure_emails")
    for name, (part, setting) in groups.items():
        group = site.arm.action_group_id(site.naming.name(ResourceKind.ACTION_GROUP, part))
        who = parties.system(group, "Azure Monitor")
        yield Promise(f"azure.{name}", who, Origin.service(group), "notify people", group, setting)


def _budget(site: Site) -> Iterator[Promise]:
    scope = subscription_id(site.settings.azure.subscription_id)
    budget = f"{scope}/providers/Microsoft.Consumption/budgets/{site.naming.name(ResourceKind.BUDGET)}"
    who = parties.system(budget, "Azure's cost management")
    yield Promise(
        "azure.mails-when-the-budget-is-used-up",
        who,
        Origin.service(budget),
        "mail the budget",
        budget,
        "budget.contact_emails",
    )


def _logs(site: Site) -> Iterator[Promise]:
    """Each part's own log arrives in Log Analytics."""
    sources = {
        "ml-workspace": site.ml_workspace,
        "data-factory": site.data_factory,
        "synapse": site.synapse,
        "databricks": site.databricks,
        "scoring-cluster": site.kubernetes,
        "apps": site.app_environment,
        "ml-registry": site.ml_registry,
    }
    for key, resource in sources.items():
        if resource:
            yield Promise(
                f"azure.sends-logs.{key}",
                parties.system(resource, f"Azure, for {key}"),
                Origin.service(resource),
                "send resource logs",
                site.log_analytics,
                "observability.log_analytics",
            )


def _retraining(site: Site) -> Iterator[Promise]:
    """The Logic App looks for fired alerts, and starts the job."""
    retraining = site.settings.monitoring.retraining if site.settings.monitoring else None
    if retraining is None:
        return
    app = site.arm.resource_id(
        "Microsoft.Logic", "workflows", site.naming.name(ResourceKind.LOGIC_APP, "retrain")
    )
    who, origin = parties.identity(site, IdentityPurpose.RETRAINING, "retraining"), Origin.service(app)
    setting = "monitoring.retraining"
    group = site.arm.resource_group_id
    yield Promise("retraining.sees-its-alert", who, origin, "see alerts", group, setting)
    if retraining.databricks_job and site.has_databricks_content:
        job = site.in_databricks("job", site.databricks_name(retraining.databricks_job))
        yield Promise("retraining.starts-the-job", who, origin, "start a Databricks job", job, setting)
    elif retraining.schedule and site.ml_workspace:
        yield Promise(
            "retraining.starts-the-job", who, origin, "start the scheduled job", site.ml_workspace, setting
        )


def _program(site: Site, key: str, workload: Workload) -> Iterator[Promise]:
    who, setting = parties.program(site, key), "access"
    objects = {
        "submit a training job": site.ml_workspace,
        "follow jobs": site.ml_workspace,
        "write blobs": site.ml_storage,
        "read blobs": site.ml_storage,
        "read secrets": site.key_vault,
    }
    for right in workload.rights:
        for name, does in _RIGHTS.get(right, ()):
            if objects[does]:
                door = Door("blob") if does.endswith("blobs") else None
                yield Promise(f"program.{key}.{name}", who, people(site), does, objects[does], setting, door)

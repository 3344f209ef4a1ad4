"""What people do inside the Databricks workspace, and who deploys there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from infra.access.databricks_table import DatabricksGroup, Entitlements, databricks_groups
from infra.databricks.git_folders import PRODUCTION_FOLDER
from infra.promises import parties
from infra.promises.places import FRONT_END, people
from infra.promises.promise import Door, Origin, Party, PartyKind, Promise
from infra.promises.site import Site
from infra.settings.access import Persona
from infra.settings.databricks import Databricks
from infra.settings.databricks.permissions import Permissions

_ENTITLED: Mapping[str, str] = MappingProxyType(
    {
        "workspace_access": "open Databricks",
        "databricks_sql_access": "open Databricks SQL",
        "workspace_consume": "see shared dashboards",
        "allow_cluster_create": "make any cluster",
        "allow_instance_pool_create": "make any pool",
    }
)
"""Entitlement to what it is for."""

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "cluster": {
            "CAN_ATTACH_TO": "attach to a cluster",
            "CAN_RESTART": "restart a cluster",
        },
        "pool": {"CAN_ATTACH_TO": "take machines from the pool"},
        "job": {"CAN_VIEW": "see a Databricks job", "CAN_MANAGE_RUN": "start a Databricks job"},
        "warehouse": {
            "CAN_USE": "query the SQL warehouse",
            "CAN_MONITOR": "watch the SQL warehouse",
            "CAN_VIEW": "see the object",
        },
        "directory": {
            "CAN_READ": "read notebooks",
            "CAN_RUN": "run notebooks",
            "CAN_EDIT": "edit notebooks",
            "CAN_MANAGE": "move notebooks",
        },
        "experiment": {"CAN_READ": "read the experiment", "CAN_EDIT": "log to the experiment"},
        "serving-endpoint": {"CAN_VIEW": "see the object", "CAN_QUERY": "query the serving endpoint"},
    }
)
"""Kind of object and level to what people do with it; CAN_MANAGE of the others is managing it."""


def databricks_promises(site: Site) -> Iterator[Promise]:
    """Of people, by their groups, and of the identities that deploy."""
    databricks = site.settings.databricks
    if databricks is None or not site.has_databricks_content:
        return
    groups = groups_of(site)
    for persona, group in groups.items():
        yield from _entry(site, persona, group, databricks)
    yield from _policies(site, groups, databricks)
    yield from _objects(site, databricks)
    yield from _deployers(site, databricks)


def groups_of(site: Site) -> Mapping[Persona, DatabricksGroup]:
    """Each persona that the workspace knows as a group."""
    return databricks_groups(site.settings.access, site.settings.environment.kind, site.naming)


def where_people_open_databricks(site: Site, databricks: Databricks) -> Origin:
    """The front end may be open for listed addresses, where the rest is private."""
    if site.private and databricks.front_end_ip_ranges:
        return Origin.place(FRONT_END)
    return people(site)


def word_for(kind: str, level: str) -> str:
    """What somebody does who has this level."""
    return _WORDS.get(kind, {}).get(level, "manage the object")


def _entry(site: Site, persona: Persona, group: DatabricksGroup, databricks: Databricks) -> Iterator[Promise]:
    who, origin = parties.persona(site, persona), where_people_open_databricks(site, databricks)
    workspace, setting = site.in_databricks("workspace"), f"access.personas.{persona}"
    slug = parties.slug(persona)
    yield Promise(f"{slug}.enters-databricks", who, origin, "enter Databricks", workspace, setting)
    if site.private and databricks.browser_authentication_endpoint:
        yield Promise(
            f"{slug}.signs-in-to-databricks",
            who,
            people(site),
            "sign in to Databricks",
            site.databricks,
            "databricks.browser_authentication_endpoint",
        )
    for does in _entitled(group.entitlements):
        name = f"{slug}.{does.replace(' ', '-').lower()}"
        yield Promise(name, who, origin, does, workspace, setting)


def _entitled(entitlements: Entitlements) -> Iterator[str]:
    for name, does in _ENTITLED.items():
        if getattr(entitlements, name):
            yield does


def _policies(
    site: Site, groups: Mapping[Persona, DatabricksGroup], databricks: Databricks
) -> Iterator[Promise]:
    origin = where_people_open_databricks(site, databricks)
    for key, policy in databricks.cluster_policies.items():
        named = site.in_databricks("cluster-policy", site.databricks_name(key))
        for persona in policy.resolve().used_by:
            if persona in groups:
                yield Promise(
                    f"{parties.slug(persona)}.makes-clusters.{key}",
                    parties.persona(site, persona),
                    origin,
                    "make a cluster under the policy",
                    named,
                    f"databricks.cluster_policies.{key}",
                )


def _objects(site: Site, databricks: Databricks) -> Iterator[Promise]:
    folder = f"/{site.databricks_name('experiments')}"
    kinds: tuple[tuple[str, str, Mapping[str, tuple[str, Permissions]]], ...] = (
        ("pools", "pool", _named(site, {k: i.permissions for k, i in databricks.pools.items()})),
        ("clusters", "cluster", _named(site, {k: i.permissions for k, i in databricks.clusters.items()})),
        ("jobs", "job", _named(site, {k: i.permissions for k, i in databricks.jobs.items()})),
        (
            "sql_warehouses",
            "warehouse",
            _named(site, {k: i.permissions for k, i in databricks.sql_warehouses.items()}),
        ),
        (
            "git_folders",
            "directory",
            {k: (f"{PRODUCTION_FOLDER}/{k}", i.permissions) for k, i in databricks.git_folders.items()},
        ),
        (
            "experiments",
            "experiment",
            {
                k: (f"{folder}/{site.databricks_name(k)}", i.permissions)
                for k, i in databricks.experiments.items()
            },
        ),
        (
            "serving_endpoints",
            "serving-endpoint",
            _named(site, {k: i.permissions for k, i in databricks.serving_endpoints.items()}),
        ),
    )
    for area, kind, objects in kinds:
        for key, (name, permissions) in objects.items():
            setting = f"databricks.{area}.{key}.permissions"
            on = site.in_databricks(kind, name)
            yield from _people(site, permissions, kind, on, key, setting)
    if databricks.git_folders:
        on = site.in_databricks("directory", PRODUCTION_FOLDER)
        setting = "databricks.production_folder_permissions"
        people_may = databricks.production_folder_permissions
        yield from _people(site, people_may, "directory", on, "production", setting)


def _named(site: Site, permissions: Mapping[str, Permissions]) -> Mapping[str, tuple[str, Permissions]]:
    return {key: (site.databricks_name(key), given) for key, given in permissions.items()}


def _people(
    site: Site,
    permissions: Permissions,
    kind: str,
    on: str,
    key: str,
    setting: str,
) -> Iterator[Promise]:
    databricks = site.settings.databricks
    if databricks is None:
        return
    origin = where_people_open_databricks(site, databricks)
    for persona, level in permissions.items():
        does = word_for(kind, level)
        name = f"{parties.slug(persona)}.uses-the-{kind}.{key}"
        who = parties.persona(site, persona)
        yield Promise(name, who, origin, does, on, f"{setting}.{persona}")


def _deployers(site: Site, databricks: Databricks) -> Iterator[Promise]:
    """Each enters; drift reads everything; the owners set the principals' credentials, the pipeline moves notebooks."""
    origin, workspace = people(site), site.in_databricks("workspace")
    members: tuple[tuple[str, str | None, str, str], ...] = (
        ("ci", databricks.ci_application_id, "the deploying pipeline", "enter Databricks"),
        ("plan", databricks.plan_application_id, "the planning pipeline", "enter Databricks"),
        ("preview", databricks.preview_application_id, "previews of pull requests", "enter Databricks"),
        ("drift", databricks.drift_application_id, "the nightly drift", "administer Databricks"),
    )
    for key, client_id, name, does in members:
        if client_id:
            who, setting = parties.application(client_id, name), f"databricks.{key}_application_id"
            yield Promise(f"{key}.{does.replace(' ', '-').lower()}", who, origin, does, workspace, setting)
    if databricks.ci_application_id:
        # Its right is the deploying identity's, which made the folders: acts are rehearsed with it.
        pipeline = parties.application(databricks.ci_application_id, "the deploying pipeline")
        for key in databricks.git_folders:
            name, setting = f"ci.moves-notebooks.{key}", f"databricks.git_folders.{key}"
            door = Door("databricks_ui_api")
            yield Promise(name, pipeline, origin, "reach", site.databricks, setting, door)
    if databricks.owner_group:
        owners = Party(PartyKind.GROUP, databricks.owner_group, "the owners, who deploy")
        setting = "databricks.owner_group"
        yield Promise("owners.enter-databricks", owners, origin, "enter Databricks", workspace, setting)
        if databricks.account_id:
            yield from _principals(site, databricks, owners, origin)


def _principals(site: Site, databricks: Databricks, owners: Party, origin: Origin) -> Iterator[Promise]:
    principals = {"jobs": databricks.jobs_service_principal_application_id}
    if databricks.ci_application_id:
        principals["ci"] = databricks.ci_application_id
    for key, client_id in principals.items():
        on = site.in_databricks("service-principal", client_id)
        yield Promise(
            f"owners.manage-the-{key}-principal",
            owners,
            origin,
            "manage the service principal",
            on,
            "databricks.owner_group",
        )
    yield Promise(
        "owners.deploy-jobs-that-run-as-the-jobs-principal",
        owners,
        origin,
        "run as the service principal",
        site.in_databricks("service-principal", principals["jobs"]),
        "databricks.owner_group",
    )

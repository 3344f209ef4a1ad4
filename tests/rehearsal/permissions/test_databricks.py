"""What Databricks gives whom: membership, entitlements, levels, roles on principals, privileges and owners."""

from __future__ import annotations

import pytest

from azure_facts.actions import action
from rehearsal.model.resource import Resource
from rehearsal.permissions.model import Right
from rehearsal.permissions.rights import Rights
from rehearsal.promises.model import Party, PartyKind
from rehearsal.reachability.model import Verdict
from tests.rehearsal.permissions.worlds import PEOPLE, WORKSPACE, assigned, declared, in_databricks, resource

ENGINEERS = Party(PartyKind.PERSONA, PEOPLE, "engineers", databricks="sg-engineers")
CLIENT = "c0000000-0000-4000-8000-000000000001"
JOBS = Party(PartyKind.APPLICATION, CLIENT)
MEMBER = in_databricks(
    "PermissionAssignment", "engineers", "11", groupName="sg-engineers", permissions=["USER"]
)
CATALOG = in_databricks("Catalog", "lake", name="lake", owner="sg-owners")
SCHEMA = in_databricks("Schema", "sales", catalogName="lake", name="sales", owner="sg-owners")
TABLE = in_databricks(
    "SqlTable", "orders", catalogName="lake", schemaName="sales", name="orders", owner="sg-owners"
)
WAREHOUSE = in_databricks("SqlEndpoint", "reporting", "w1", name="reporting")


def right(word: str, on: str, *resources: Resource, who: Party = ENGINEERS) -> Right:
    workspace = resource("databricks:Workspace", "dbw", WORKSPACE)
    world = declared(workspace, *resources)
    return Rights.of(world).right(who, action(word), f"databricks:{on}@{WORKSPACE}")


def granted(name: str, *privileges: str, **on: str) -> Resource:
    line = {"principal": "sg-engineers", "privileges": list(privileges)}
    return in_databricks("Grants", name, grants=[line], **on)


def permitted(level: str, **on: str) -> Resource:
    line = {"groupName": "sg-engineers", "permissionLevel": level}
    return in_databricks("Permissions", level, accessControls=[line], **on)


def test_a_table_takes_a_privilege_on_it_and_the_use_of_what_it_lies_in() -> None:
    use_catalog = granted("catalog", "USE_CATALOG", catalog="lake")
    use_schema = granted("schema", "USE_SCHEMA", schema="lake.sales")
    select = granted("table", "SELECT", table="lake.sales.orders")
    grants = [use_catalog, use_schema, select]
    objects = [MEMBER, CATALOG, SCHEMA, TABLE]
    whole = right("read table", "table/lake.sales.orders", *objects, *grants)
    assert whole.verdict is Verdict.OPEN
    assert set(whole.urns) == {MEMBER.urn, *(grant.urn for grant in grants)}
    for left_out, privilege in zip(grants, ("USE_CATALOG", "USE_SCHEMA", "SELECT"), strict=True):
        rest = [grant for grant in grants if grant is not left_out]
        found = right("read table", "table/lake.sales.orders", *objects, *rest)
        assert found.verdict is Verdict.CLOSED
        assert found.missing.startswith(f"{privilege} on table lake.sales.orders")


@pytest.mark.parametrize("privilege", ["SELECT", "ALL_PRIVILEGES", "all privileges"])
def test_privileges_are_inherited_from_the_catalog(privilege: str) -> None:
    grant = granted("catalog", "USE_CATALOG", "USE_SCHEMA", privilege, catalog="lake")
    found = right("read table", "table/lake.sales.orders", MEMBER, CATALOG, SCHEMA, TABLE, grant)
    assert found.verdict is Verdict.OPEN


@pytest.mark.parametrize("owned", ["table", "schema", "catalog"])
def test_an_owner_of_the_object_or_of_what_contains_it_needs_no_privilege(owned: str) -> None:
    def owner(kind: str) -> str:
        return "sg-engineers" if kind == owned else "sg-owners"

    objects = [
        in_databricks("Catalog", "lake", name="lake", owner=owner("catalog")),
        in_databricks("Schema", "sales", catalogName="lake", name="sales", owner=owner("schema")),
        in_databricks(
            "SqlTable", "orders", catalogName="lake", schemaName="sales", name="orders", owner=owner("table")
        ),
    ]
    assert right("read table", "table/lake.sales.orders", MEMBER, *objects).verdict is Verdict.OPEN


def test_a_catalog_that_others_declare_is_not_known() -> None:
    assert right("read table", "table/finance.x.y", MEMBER).verdict is Verdict.UNKNOWN


def test_a_grant_to_everybody_counts() -> None:
    line = {"principal": "account users", "privileges": ["USE_CATALOG"]}
    grant = in_databricks("Grants", "all", grants=[line], catalog="lake")
    assert right("see the catalog", "catalog/lake", MEMBER, CATALOG, grant).verdict is Verdict.OPEN


def test_nothing_of_a_workspace_is_open_to_who_is_no_member() -> None:
    other = in_databricks("PermissionAssignment", "others", "12", groupName="sg-others", permissions=["USER"])
    list_of_it = permitted("CAN_USE", sqlEndpointId="w1")
    word, on = "query the SQL warehouse", "warehouse/reporting"
    assert right(word, on, MEMBER, WAREHOUSE, list_of_it).verdict is Verdict.OPEN
    found = right(word, on, other, WAREHOUSE, list_of_it)
    assert found.verdict is Verdict.CLOSED
    assert found.missing == "membership of the workspace (a permission assignment)"
    # Where the program adds nobody, others do.
    assert right(word, on, WAREHOUSE, list_of_it).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("level", "verdict"),
    [
        ("CAN_VIEW", Verdict.CLOSED),
        ("CAN_USE", Verdict.OPEN),
        ("CAN_MONITOR", Verdict.OPEN),
        ("IS_OWNER", Verdict.OPEN),
    ],
)
def test_a_stronger_level_gives_the_weaker_ones(level: str, verdict: Verdict) -> None:
    found = right(
        "query the SQL warehouse",
        "warehouse/reporting",
        MEMBER,
        WAREHOUSE,
        permitted(level, sqlEndpointId="w1"),
    )
    assert found.verdict is verdict


def test_a_folder_s_permission_counts_for_what_lies_in_it() -> None:
    folder = in_databricks("Directory", "production", "/Repos/production", path="/Repos/production")
    repo = in_databricks("Repo", "forecasting", "77", path="/Repos/production/forecasting")
    on = "directory//Repos/production/forecasting"
    above = permitted("CAN_RUN", directoryPath="/Repos/production")
    assert right("run notebooks", on, MEMBER, folder, repo, above).urns == (MEMBER.urn, above.urn)
    own = permitted("CAN_RUN", repoId="77")
    assert right("run notebooks", on, MEMBER, folder, repo, own).verdict is Verdict.OPEN
    assert right("edit notebooks", on, MEMBER, folder, repo, above, own).verdict is Verdict.CLOSED
    beside = permitted("CAN_RUN", directoryPath="/Repos/prod")
    assert right("run notebooks", on, MEMBER, folder, repo, beside).verdict is Verdict.CLOSED


def test_an_admin_of_the_workspace_may_everything_but_read_data() -> None:
    admin = in_databricks(
        "PermissionAssignment", "admins", "13", groupName="sg-engineers", permissions=["ADMIN"]
    )
    assert right("query the SQL warehouse", "warehouse/reporting", admin, WAREHOUSE).verdict is Verdict.OPEN
    assert right("open Databricks", "workspace/", admin).verdict is Verdict.OPEN
    found = right("read table", "table/lake.sales.orders", admin, CATALOG, SCHEMA, TABLE)
    assert found.verdict is Verdict.CLOSED


def test_contributor_on_the_workspace_in_azure_makes_an_admin() -> None:
    role = assigned("Contributor", WORKSPACE, PEOPLE)
    other = in_databricks("PermissionAssignment", "others", "12", groupName="sg-others", permissions=["USER"])
    word, on = "query the SQL warehouse", "warehouse/reporting"
    pipeline = Party(PartyKind.APPLICATION, CLIENT, object_id=PEOPLE)
    found = right(word, on, other, WAREHOUSE, role, who=pipeline)
    assert found.verdict is Verdict.OPEN
    assert role.urn in found.urns
    reader = assigned("Reader", WORKSPACE, PEOPLE)
    assert right("administer Databricks", "workspace/", other, reader, who=pipeline).verdict is Verdict.CLOSED
    # The people of a group become admins one by one, when they first open the workspace.
    assert right(word, on, other, WAREHOUSE, role).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("word", "entitlement", "verdict"),
    [
        ("open Databricks SQL", "databricksSqlAccess", Verdict.OPEN),
        ("open Databricks SQL", "workspaceConsume", Verdict.CLOSED),
        ("see shared dashboards", "workspaceConsume", Verdict.OPEN),
        ("see shared dashboards", "databricksSqlAccess", Verdict.OPEN),
        ("make any cluster", "workspaceAccess", Verdict.CLOSED),
    ],
)
def test_an_entitlement_is_a_group_s_own(word: str, entitlement: str, verdict: Verdict) -> None:
    entitled = in_databricks("Entitlements", "engineers", groupId="11", **{entitlement: True})
    assert right(word, "workspace/", MEMBER, entitled).verdict is verdict


def test_a_service_principal_carries_its_own_entitlements_and_is_a_member() -> None:
    principal = in_databricks("ServicePrincipal", "jobs", "21", applicationId=CLIENT, workspaceAccess=True)
    found = right("open Databricks", "workspace/", principal, who=JOBS)
    assert found.verdict is Verdict.OPEN
    assert found.urns == (principal.urn,)
    assert right("open Databricks SQL", "workspace/", principal, who=JOBS).verdict is Verdict.CLOSED


def test_who_made_an_object_manages_it_and_nobody_says_who_that_is() -> None:
    principal = in_databricks("ServicePrincipal", "jobs", "21", applicationId=CLIENT)
    folder = in_databricks("Directory", "production", "/production", path="/production")
    on = "directory//production"
    assert right("move notebooks", on, principal, folder, who=JOBS).verdict is Verdict.UNKNOWN
    assert right("run notebooks", on, principal, folder, who=JOBS).verdict is Verdict.CLOSED
    assert right("move notebooks", on, MEMBER, folder).verdict is Verdict.CLOSED


def test_a_secret_scope_has_a_list_of_its_own() -> None:
    scope = in_databricks("SecretScope", "platform", name="platform")
    principal = in_databricks("ServicePrincipal", "jobs", "21", applicationId=CLIENT)
    listed = in_databricks("SecretAcl", "jobs", scope="platform", principal=CLIENT, permission="READ")
    word, on = "read the secret scope", "secret-scope/platform"
    assert right(word, on, scope, principal, listed, who=JOBS).verdict is Verdict.OPEN
    assert right(word, on, scope, principal, who=JOBS).verdict is Verdict.CLOSED


def test_a_member_of_a_group_has_what_the_group_has() -> None:
    group = in_databricks("Group", "writers", "31", displayName="writers")
    principal = in_databricks("ServicePrincipal", "jobs", "21", applicationId=CLIENT)
    member = in_databricks("GroupMember", "jobs-in-writers", groupId="31", memberId="21")
    list_of_it = in_databricks(
        "Permissions",
        "w",
        sqlEndpointId="w1",
        accessControls=[{"groupName": "writers", "permissionLevel": "CAN_USE"}],
    )
    word, on = "query the SQL warehouse", "warehouse/reporting"
    objects = [WAREHOUSE, group, principal, list_of_it]
    assert right(word, on, *objects, member, who=JOBS).verdict is Verdict.OPEN
    assert right(word, on, *objects, who=JOBS).verdict is Verdict.CLOSED


def test_a_role_on_a_service_principal_is_in_its_rule_set() -> None:
    rules = in_databricks(
        "AccessControlRuleSet",
        "jobs",
        name=f"accounts/a/servicePrincipals/{CLIENT}/ruleSets/default",
        grantRules=[{"role": "roles/servicePrincipal.user", "principals": ["groups/sg-engineers"]}],
    )
    on = f"service-principal/{CLIENT}"
    assert right("run as the service principal", on, rules).verdict is Verdict.OPEN
    # A manager is no user, nor the other way round.
    assert right("manage the service principal", on, rules).verdict is Verdict.CLOSED
    assert right("run as the service principal", on).verdict is Verdict.UNKNOWN


def test_who_has_no_name_in_databricks_is_not_judged() -> None:
    who = Party(PartyKind.PERSONA, PEOPLE, "engineers")
    assert right("open Databricks", "workspace/", MEMBER, who=who).verdict is Verdict.UNKNOWN

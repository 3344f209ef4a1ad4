"""Databricks: who is an admin and a member, who owns, who manages and uses principals, and who clones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from azure_facts.roles import built_in_role
from rehearsal.authorisation.authority import Authority
from rehearsal.authorisation.model import HeldRole, Identity, Lifecycle, Membership, Metastore, Standing
from rehearsal.authorisation.sent import Sent, Verb

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg"
WORKSPACE = f"{GROUP}/providers/Microsoft.Databricks/workspaces/w"
APPLICATION = "c0000000-0000-4000-8000-000000000001"


def sent(
    kind: str, arm_id: str = "x", provider: Mapping[str, object] | None = None, **inputs: object
) -> Sent:
    at = {"azureWorkspaceResourceId": WORKSPACE, "workspaceId": "1"} if provider is None else provider
    return Sent(
        f"urn:pulumi:dev::p::databricks:index/{kind}::{arm_id}",
        f"databricks:index/{kind}",
        arm_id,
        inputs,
        at,
    )


def who(role: str = "Contributor", **standing: object) -> Identity:
    held = (HeldRole(role, WORKSPACE, built_in_role(role).permissions),)
    return Identity("ci", "deploys", "", held, Standing(**{"name": "ci-app", **standing}))


def authority(metastore: Metastore = Metastore.AUTOMATIC, *others: Identity, public: str = "") -> Authority:
    identities = {one.name: one for one in others}
    return Authority(
        Lifecycle("Acts.dev.yaml", "s", identities, (), metastore=metastore, public_repositories=(public,))
    )


def rules(judge: Authority, identity: Identity, request: Sent, verb: Verb = Verb.CREATE) -> list[str]:
    return [one.rule for one in judge.lacking(identity, request, verb)]


POLICY = sent("clusterPolicy:ClusterPolicy", name="p", definition="{}")
CATALOG = sent("catalog:Catalog", "lake", name="lake")
SCHEMA = sent("schema:Schema", "lake.gold", name="gold", catalogName="lake")
TABLE = sent("sqlTable:SqlTable", "lake.gold.t", name="t", catalogName="lake", schemaName="gold")


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        (who("Contributor"), []),
        (who("Reader"), ["AUT311"]),
        (who("Reader", workspace=Membership.MEMBER), ["AUT310"]),
        (who("Reader", workspace=Membership.ADMIN), []),
        (who("Storage Blob Data Reader"), ["AUT300"]),
    ],
)
def test_who_is_an_admin_and_how(identity: Identity, told: list[str]) -> None:
    assert rules(authority(), identity, POLICY) == told


def test_the_program_makes_members_and_admins() -> None:
    judge, person, other = authority(), who(), who("Reader", name="other", groups=("sg-team",))
    job = sent("job:Job", "7", name="j")
    judge.carried_out(
        person,
        sent("permissionAssignment:PermissionAssignment", groupName="sg-team", permissions=["USER"]),
        Verb.CREATE,
    )
    assert rules(judge, other, job) == []
    assert rules(judge, other, POLICY) == ["AUT310"]
    judge.carried_out(person, job, Verb.CREATE)
    assert rules(judge, other, job, Verb.UPDATE) == ["AUT310"]
    may = [{"groupName": "sg-team", "permissionLevel": "CAN_MANAGE"}]
    judge.carried_out(
        person, sent("permissions:Permissions", "/jobs/7", jobId="7", accessControls=may), Verb.CREATE
    )
    assert rules(judge, other, job, Verb.UPDATE) == []


@pytest.mark.parametrize(
    ("provider", "verb", "told"),
    [
        ({"host": "https://adb-1.1.azuredatabricks.net"}, Verb.PREVIEW, ["AUT311"]),
        ({"host": "https://adb-1.1.azuredatabricks.net", "workspaceId": "1"}, Verb.PREVIEW, []),
        ({"host": "https://adb-1.1.azuredatabricks.net", "workspaceId": "1"}, Verb.READ, ["AUT311"]),
    ],
)
def test_a_preview_asks_who_it_is_where_the_provider_has_no_number(
    provider: Mapping[str, object], verb: Verb, told: list[str]
) -> None:
    assert rules(authority(), who("Reader"), sent("job:Job", "7", provider), verb) == told


def test_privileges_are_inherited_and_ownership_is_not_lost() -> None:
    judge, person = authority(), who(name="person")
    for one in (CATALOG, SCHEMA, TABLE):
        assert rules(judge, person, one) == []
        judge.carried_out(person, one, Verb.CREATE)
    ci = who(groups=("owners",))
    assert rules(judge, ci, SCHEMA, Verb.UPDATE) == ["AUT312"]
    assert rules(judge, ci, TABLE, Verb.CREATE) == ["AUT313"]
    grants = sent(
        "grants:Grants",
        "catalog/lake",
        catalog="lake",
        grants=[{"principal": "owners", "privileges": ["CREATE TABLE"]}],
    )
    assert rules(judge, ci, grants) == ["AUT312"]
    judge.carried_out(person, grants, Verb.CREATE)
    assert rules(judge, ci, TABLE, Verb.CREATE) == []
    assert rules(judge, ci, TABLE, Verb.UPDATE) == ["AUT312"]
    manage = sent(
        "grants:Grants",
        "catalog/lake",
        catalog="lake",
        grants=[{"principal": "owners", "privileges": ["MANAGE"]}],
    )
    judge.carried_out(person, manage, Verb.UPDATE)
    assert rules(judge, ci, TABLE, Verb.UPDATE) == []


def test_who_gives_an_object_to_a_group_must_be_in_it() -> None:
    owned = sent("catalog:Catalog", "lake", name="lake", owner="owners")
    assert rules(authority(), who(), owned) == ["AUT312"]
    assert rules(authority(), who(groups=("owners",)), owned) == []


@pytest.mark.parametrize(
    ("metastore", "standing", "told"),
    [
        (Metastore.AUTOMATIC, {}, []),
        (Metastore.ASSIGNED, {}, ["AUT313"]),
        (Metastore.ASSIGNED, {"metastore": ("CREATE_CATALOG",)}, []),
        (Metastore.ABSENT, {"metastore": ("CREATE_CATALOG",)}, ["AUT319"]),
    ],
)
def test_a_metastore_gives_admins_privileges_only_where_databricks_assigned_it(
    metastore: Metastore, standing: dict[str, object], told: list[str]
) -> None:
    assert rules(authority(metastore), who("Contributor", **standing), CATALOG) == told


def test_an_account_admin_assigns_a_metastore_in_the_program() -> None:
    judge = authority(Metastore.ABSENT)
    assignment = sent("metastoreAssignment:MetastoreAssignment", "1|m", metastoreId="m")
    assert rules(judge, who(), assignment) == ["AUT317"]
    admin = who(account_admin=True, metastore=("CREATE_CATALOG",))
    assert rules(judge, admin, assignment) == []
    judge.carried_out(admin, assignment, Verb.CREATE)
    assert rules(judge, admin, CATALOG) == []


def test_managed_storage_is_asked_of_the_location() -> None:
    judge, person, ci = authority(), who(name="person"), who()
    location = sent(
        "externalLocation:ExternalLocation",
        "l",
        name="l",
        url="abfss://c@a.dfs.core.windows.net/",
        credentialName="given",
    )
    judge.carried_out(person, location, Verb.CREATE)
    catalog = sent(
        "catalog:Catalog", "lake", name="lake", storageRoot="abfss://c@a.dfs.core.windows.net/unity"
    )
    assert rules(judge, ci, catalog) == ["AUT313"]
    assert rules(judge, person, catalog) == []


def rule_set(*roles: str, group: str = "owners") -> Sent:
    return sent(
        "accessControlRuleSet:AccessControlRuleSet",
        name=f"accounts/a/servicePrincipals/{APPLICATION}/ruleSets/default",
        grantRules=[
            {"role": f"roles/servicePrincipal.{role}", "principals": [f"groups/{group}"]} for role in roles
        ],
    )


def test_a_manager_is_no_user_and_a_rule_set_is_the_whole_list() -> None:
    judge, person = authority(), who(name="person", groups=("owners",))
    job = sent("job:Job", "7", runAs={"servicePrincipalName": APPLICATION})
    principal = sent("servicePrincipal:ServicePrincipal", "55", applicationId=APPLICATION)
    credential = sent("gitCredential:GitCredential", "9", principalId="55", gitProvider="gitHub")
    judge.carried_out(person, principal, Verb.CREATE)
    assert rules(judge, person, job) == ["AUT314"]
    assert rules(judge, person, credential) == []
    assert rules(judge, who(), credential) == ["AUT315"]
    judge.carried_out(person, rule_set("user", "manager"), Verb.CREATE)
    assert rules(judge, person, job) == []
    judge.carried_out(person, rule_set("user"), Verb.UPDATE)
    assert rules(judge, person, rule_set("user", "manager"), Verb.UPDATE) == ["AUT315"]
    assert rules(judge, who(account_admin=True), rule_set("user"), Verb.UPDATE) == []


def test_nobody_is_made_its_own_manager() -> None:
    judge, ci = authority(), who(name=APPLICATION)
    judge.carried_out(
        ci, sent("servicePrincipal:ServicePrincipal", "55", applicationId=APPLICATION), Verb.CREATE
    )
    assert rules(judge, ci, rule_set("manager")) == ["AUT315"]


@pytest.mark.parametrize(
    ("identity", "public", "told"),
    [
        (who(), "", ["AUT316"]),
        (who(git_credentials=("gitHub",)), "", []),
        (who(git_credentials=("azureDevOpsServicesAad",)), "", ["AUT316"]),
        (who(), "https://github.com/o/r", []),
    ],
)
def test_a_private_repository_needs_a_credential_of_who_asks(
    identity: Identity, public: str, told: list[str]
) -> None:
    repo = sent("repo:Repo", "3", url="https://github.com/o/r.git", path="/Repos/production/r")
    assert rules(authority(public=public), identity, repo, Verb.UPDATE) == told


def test_tokens_are_for_whom_the_list_names() -> None:
    judge, ci = authority(), who()
    token = sent("token:Token", "t")
    assert rules(judge, ci, token) == []
    may = [{"groupName": "sg-robots", "permissionLevel": "CAN_USE"}]
    judge.carried_out(
        ci, sent("permissions:Permissions", "t", authorization="tokens", accessControls=may), Verb.CREATE
    )
    assert rules(judge, ci, token) == ["AUT318"]
    assert rules(judge, who(groups=("sg-robots",)), token) == []


def test_a_provider_with_a_client_id_is_somebody_else() -> None:
    jobs = Identity("jobs", "what jobs run as", databricks=Standing(name=APPLICATION))
    at = {"host": "https://adb-1.1.azuredatabricks.net", "azureClientId": APPLICATION}
    token = sent("token:Token", "t", at)
    assert rules(authority(Metastore.AUTOMATIC, jobs), who(), token) == ["AUT311"]
    (unknown,) = authority().lacking(who(), token, Verb.CREATE)
    assert (unknown.rule, unknown.warned) == ("AUT320", True)
    blind = sent("token:Token", "t", {"azureWorkspaceResourceId": WORKSPACE, "azureClientId": APPLICATION})
    (denial,) = authority(Metastore.AUTOMATIC, jobs).lacking(who(), blind, Verb.CREATE)
    assert "Microsoft.Databricks/workspaces/read" in denial.message


CONNECTOR = f"{GROUP}/providers/Microsoft.Databricks/accessConnectors/c"


@pytest.mark.parametrize(
    ("role", "scope", "told"),
    [
        ("Contributor", CONNECTOR, []),
        ("Contributor", GROUP.upper(), []),
        ("Owner", GROUP, []),
        ("Reader", GROUP, ["AUT331"]),
        ("Contributor", f"{CONNECTOR}2", ["AUT331"]),
        ("Connector keeper", CONNECTOR, ["AUT331"]),
    ],
)
@pytest.mark.parametrize("kind", ["storageCredential:StorageCredential", "credential:Credential"])
def test_who_registers_a_connector_is_its_contributor_by_name(
    kind: str, role: str, scope: str, told: list[str]
) -> None:
    """A role of one's own is refused, whatever it may."""
    admin = who()
    held = HeldRole(role, scope, built_in_role("Owner").permissions)
    identity = replace(admin, azure=(*admin.azure, held))
    request = sent(kind, "c", name="c", azureManagedIdentity={"accessConnectorId": CONNECTOR})
    judge = authority()
    assert [one for one in rules(judge, identity, request) if one == "AUT331"] == told
    assert "AUT331" not in rules(judge, identity, request, Verb.UPDATE)
    assert "AUT331" not in rules(judge, identity, sent(kind, "c", name="c"))

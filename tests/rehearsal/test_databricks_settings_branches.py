"""Rules about a Databricks workspace's settings and its policies' names: every branch beside the rules' own cases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.rehearsal.test_rule_branches import found

Project = Callable[..., Path]

SWITCHES = """
import pulumi, pulumi_databricks as db
from pulumi_azure_native import databricks
group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg-a"
def provider(name, workspace_id, **options):
    return pulumi.ResourceOptions(provider=db.Provider(name, azure_workspace_resource_id=workspace_id,
        auth_type="azure-cli", opts=pulumi.ResourceOptions(**options)))
theirs = provider("theirs", f"{group}/providers/Microsoft.Databricks/workspaces/dbw-theirs")
racing = provider("racing", f"{group}/providers/Microsoft.Databricks/workspaces/dbw-racing")
waiting = provider("waiting", f"{group}/providers/Microsoft.Databricks/workspaces/dbw-waiting")
made = databricks.Workspace("made", resource_group_name="rg-a", workspace_name="dbw-made", location="westeurope",
    managed_resource_group_id=f"{group}-managed", sku={"name": "premium"})
ours = provider("ours", f"{group}/providers/Microsoft.Databricks/workspaces/dbw-made", depends_on=[made])
def office(name, options):
    db.IpAccessList(name, label="office", list_type="ALLOW", ip_addresses=["203.0.113.0/24"], opts=options)
office("theirs", theirs)
office("ours", ours)
db.WorkspaceConf("racing", custom_config={"enableIpAccessLists": True}, opts=racing)
office("racing", racing)
conf = db.WorkspaceConf("waiting", opts=waiting,
    custom_config={"enableIpAccessLists": True, "enableTokensConfig": False, "maxTokenLifetimeDays": 900})
office("waiting", pulumi.ResourceOptions.merge(waiting, pulumi.ResourceOptions(depends_on=[conf])))
db.Token("token", opts=waiting)
db.WorkspaceConf("git", custom_config={"enableProjectsAllowList": True}, opts=theirs)
db.WorkspaceConf("other-key", custom_config={"enableWebTerminal": False}, opts=theirs)
db.WorkspaceConf("same-key", custom_config={"enableWebTerminal": "true"}, opts=theirs)
"""


def test_a_setting_may_be_text_or_a_truth_value(project: Project) -> None:
    folder = project(SWITCHES)
    assert found(folder, "DBX019") == {("ours", ""), ("racing", "")}
    assert found(folder, "DBX045") == {("token", "")}
    assert found(folder, "DBX030") == {("waiting", "customConfig.maxTokenLifetimeDays")}
    assert found(folder, "DBX102") == {("git", "customConfig.enableProjectsAllowList")}


def test_only_a_setting_that_two_resources_share_is_told(project: Project) -> None:
    assert found(project(SWITCHES), "DBX010") == {("same-key", "customConfig.enableWebTerminal")}


POLICIES = """
import pulumi, pulumi_databricks as db
elsewhere = pulumi.ResourceOptions(provider=db.Provider("elsewhere", host="https://adb-2.2.azuredatabricks.net",
    auth_type="azure-cli"))
db.ClusterPolicy("first", name="shared", definition="{}")
db.ClusterPolicy("again", name="shared", definition="{}")
db.ClusterPolicy("elsewhere", name="shared", definition="{}", opts=elsewhere)
db.ClusterPolicy("long", name="n" * 101, definition="{}")
db.ClusterPolicy("both", name="both", definition="{}", policy_family_definition_overrides="{}")
db.ClusterPolicy("alone", name="alone", policy_family_definition_overrides="{}")
limited = db.ClusterPolicy("limited", name="limited", definition="{}", max_clusters_per_user=1)
free = db.ClusterPolicy("free", name="free", definition="{}")
for index, policy in enumerate((limited, limited, free, free)):
    db.Cluster(f"cluster-{index}", policy_id=policy.id, spark_version="16.4.x-scala2.12", num_workers=1,
        node_type_id="Standard_D4ds_v5")
"""


def test_a_policy_has_a_name_of_its_own_and_its_overrides_a_family(project: Project) -> None:
    folder = project(POLICIES)
    assert found(folder, "DBX300") == {("again", "name"), ("long", "name")}
    assert found(folder, "DBX043") == {
        ("both", "policyFamilyDefinitionOverrides"),
        ("alone", "policyFamilyDefinitionOverrides"),
    }
    assert found(folder, "DBX301") == {("limited", "maxClustersPerUser")}


FOLDERS = """
import pulumi, pulumi_databricks as db
credential = db.GitCredential("credential", git_provider="azureDevOpsServicesAad")
def folder(name, url, **changes):
    db.Repo(name, url=url, path=f"/Repos/platform/{name}", branch="main", **changes)
folder("same-host", "https://dev.azure.com/example-org/ml/_git/ml")
folder("other-host", "https://github.com/example-org/ml")
folder("own-host", "https://git.example.com/ml", git_provider="gitLabEnterpriseEdition")
folder("waits", "https://dev.azure.com/example-org/ml/_git/waits",
    opts=pulumi.ResourceOptions(depends_on=[credential]))
"""


def test_a_git_folder_waits_for_the_credential_of_its_own_host(project: Project) -> None:
    assert found(project(FOLDERS), "DBX027") == {("same-host", "url")}


CREDENTIALS = """
import pulumi_databricks as db
def credential(name, provider="gitHub", **owner):
    db.GitCredential(name, git_provider=provider, git_username="ci", personal_access_token="x", **owner)
credential("own")
credential("own-second", is_default_for_provider=False)
credential("ci", principal_id=1234567890123456)
credential("ci-elsewhere", "gitLab", principal_id=1234567890123456)
credential("jobs", principal_id=6543210987654321)
credential("ci-second", principal_id=1234567890123456)
"""


def test_a_person_may_have_several_credentials_and_a_principal_one(project: Project) -> None:
    assert found(project(CREDENTIALS), "DBX026") == {("ci-second", "gitProvider")}

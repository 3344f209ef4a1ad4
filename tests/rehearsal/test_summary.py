"""What a preview shows when nothing more is asked for: one screen a stack."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.report import render
from rehearsal.rules import all_rules
from rehearsal.run import rehearse
from rehearsal.sections import Section

Project = Callable[..., Path]

PROGRAM = """
import pulumi
from pulumi_azure_native import authorization, containerservice, keyvault, resources, storage
import pulumi_databricks as databricks

class Part(pulumi.ComponentResource):
    def __init__(self, name, parent=None):
        super().__init__("acme:index:Part", name, None, pulumi.ResourceOptions(parent=parent))

platform = Part("platform")
lake, access = Part("lake", platform), Part("access", platform)
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope",
    tags={"owner": "team@example.com"}, opts=pulumi.ResourceOptions(parent=lake))
GROUP = "/subscriptions/22222222-2222-2222-2222-222222222222/resourceGroups/rg-shared"
READER = "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7"
authorization.RoleAssignment("reads", scope=GROUP, role_assignment_name="6f9619ff-8b86-d011-b42d-00c04fc964ff",
    principal_id="a0000000-0000-4000-8000-000000000001", principal_type="Group", role_definition_id=READER,
    opts=pulumi.ResourceOptions(parent=access))
for number in range(7):
    keyvault.Vault(f"kv{number}", resource_group_name=rg.name, vault_name=f"kv-ml-{number}", location="westeurope",
        properties={"sku": {"family": "A", "name": "standard"}, "tenant_id": "22222222-2222-2222-2222-222222222222",
                    "enable_purge_protection": False, "enable_rbac_authorization": True},
        opts=pulumi.ResourceOptions(parent=lake, replace_on_changes=["properties.tenantId", "location"], protect=True))
databricks.InstancePool("pool", instance_pool_name="pool", node_type_id="Standard_D4ds_v5", min_idle_instances=0,
    max_capacity=4, idle_instance_autotermination_minutes=10, opts=pulumi.ResourceOptions(parent=platform))
"""


def test_a_refused_stack(project: Project) -> None:
    result = rehearse(project(PROGRAM), "dev", today=datetime.date(2026, 11, 21))
    assert (
        render(result, ())
        == f"""\
sample/dev: 10 resources, 3 components, as of 2026-11-21
  parts         lake 8, access 1, platform 1
  deployment    the first one takes about 1 min
  access        1 role or permission of 1 principal
  outside       1 resource assumed to exist outside this stack
  placeholders  3 still in place, such as example.com and
                22222222-2222-2222-2222-222222222222
  more          --tree, --types, --deployment, --access, --promises, --findings,
                --acts, --outside, --quotas, --costs, --all

Azure would refuse (7):
  KV001 keyvault.Vault kv-ml-0 and 6 others properties.enablePurgeProtection:
    cannot be set to false; set it to true or leave it out

Warnings (1):
  SUB007 authorization.RoleAssignment reads scope: no resource group 'rg-shared'
    is declared, and no setting names one; pass the name of the group's
    resource, correct it, or list it in the file of --subscription

Checked: {len(all_rules())} service rules, 4 types, of which 0 generic (outside the catalogue)

sample/dev: 7 refusals, 1 warning: it would not deploy
"""
    )


def test_what_is_asked_for_comes_below(project: Project) -> None:
    result = rehearse(project(PROGRAM), "dev", today=datetime.date(2026, 11, 21))
    text = render(result, {Section.OUTSIDE, Section.FINDINGS})
    assert "--findings" not in text
    assert text.count("  KV001 urn:pulumi:dev::sample::") == 7
    assert (
        text.index("  more ") < text.index("Azure would refuse (7):") < text.index("Assumed to exist outside")
    )


def test_a_program_without_components_is_counted_by_package(project: Project) -> None:
    program = """
import pulumi_databricks as databricks
from pulumi_azure_native import resources
resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
databricks.SecretScope("scope")
databricks.Directory("folder", path="/Shared/x")
"""
    text = render(rehearse(project(program), "dev"), ())
    assert "  parts         databricks 2, resources 1\n" in text
    assert "placeholders" not in text


def test_of_many_kinds_the_first_are_shown(project: Project) -> None:
    names = ", ".join(f'"Raw_{number}"' for number in range(7))
    program = f"""
from pulumi_azure_native import resources, storage
rg = resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
for name in ({names}):
    storage.BlobContainer(name, resource_group_name=rg.name, account_name="stmldev", container_name=name)
"""
    text = render(rehearse(project(program), "dev"), ())
    assert "more kinds: --findings\n" in text
    assert "more kinds" not in render(rehearse(project(program), "dev"), {Section.FINDINGS})


LOGS = """
import pulumi
pulumi.log.info("A month of dev: 12 USD\\n  logs 7\\n  lake 5")
pulumi.log.warn("one line")
from pulumi_azure_native import resources
resources.ResourceGroup("rg", resource_group_name="rg-ml-dev", location="westeurope")
"""


def test_a_message_of_several_lines_is_shown_whole_on_request(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["preview", "--project", str(project(LOGS)), "--stack", "dev"]
    assert main(command) == 0
    assert capsys.readouterr().err == ("A month of dev: 12 USD [2 more lines: --costs]\nwarning: one line\n")
    assert main([*command, "--costs"]) == 0
    assert capsys.readouterr().err == "A month of dev: 12 USD\n  logs 7\n  lake 5\nwarning: one line\n"


@pytest.mark.parametrize(
    ("options", "no_color", "marked"),
    [([], "", 0), (["--color", "always"], "1", 1), (["--color", "never"], "", 0)],
)
def test_colours_are_for_terminals_and_for_those_who_ask(
    options: list[str],
    no_color: str,
    marked: int,
    project: Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    assert main(["preview", "--project", str(project(LOGS)), "--stack", "dev", *options]) == 0
    assert capsys.readouterr().out.count("\x1b[32msample/dev: clean\x1b[0m\n") == marked


@pytest.mark.parametrize(("no_color", "marked"), [("", 1), ("1", 0)])
def test_a_terminal_has_colours_unless_no_color_is_set(
    no_color: str,
    marked: int,
    project: Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert main(["preview", "--project", str(project(LOGS)), "--stack", "dev"]) == 0
    assert capsys.readouterr().out.count("\x1b[32m") == marked

"""The stack files at the project's root, whoever changed them: each deploys, is judged, and has its pipelines.

Every other test looks at the reference platform (tests/reference_platform.py). The day is that of all tests: what has
ended since is told by `make preview`.
"""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from infra.settings.load import load_from_stack_file
from infra.settings.platform import PlatformSettings
from policies.frame.neighbours import shared_people
from policies.frame.pack import FOLDER as POLICIES
from policies.frame.registry import all_rules
from policies.frame.rule import Kind
from policies.frame.waivers import read_waivers
from rehearsal.run import Rehearsal, rehearse
from tests import reference_platform
from tests.infra.named_and_tagged import custom, unnamed, untagged
from tests.infra.platforms import TODAY, rehearsed, resources_in
from tests.policies.waived import violations_and_unused

ROOT = Path(__file__).parents[1]
STACKS = sorted(path.name.split(".")[1] for path in ROOT.glob("Pulumi.*.yaml"))
ENVIRONMENTS = json.loads((ROOT / "environments.json").read_text(encoding="utf-8"))
WHERE = [{key: one[key] for key in ("name", "runner") if key in one} for one in ENVIRONMENTS]
WAIVERS = read_waivers(POLICIES / "waivers.yaml", {rule.id for rule in all_rules()})


def document(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def stack_file(stack: str) -> Path:
    return ROOT / f"Pulumi.{stack}.yaml"


@functools.cache
def settings_of(stack: str) -> PlatformSettings:
    return load_from_stack_file(stack_file(stack), today=TODAY).settings


@functools.cache
def rehearsal_of(stack: str) -> Rehearsal:
    """A stack that nobody has changed is the reference platform's, which other tests have rehearsed already."""
    if stack in reference_platform.STACKS:
        reference = document(reference_platform.stack_file(stack))
        if document(stack_file(stack)) == reference:
            return rehearsed(stack)
    return rehearse(ROOT, stack, today=TODAY)


@pytest.mark.parametrize("stack", STACKS)
def test_it_obeys_the_schema(stack: str) -> None:
    schema = json.loads((ROOT / "docs/schemas/stack.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(document(stack_file(stack)), schema)


@pytest.mark.parametrize("stack", STACKS)
def test_it_rehearses_clean(stack: str) -> None:
    rehearsal = rehearsal_of(stack)
    assert rehearsal.error is None
    assert rehearsal.refusals == ()


@pytest.mark.parametrize("stack", STACKS)
def test_it_passes_the_policies_and_uses_the_waivers_that_name_it(stack: str) -> None:
    environment, world = settings_of(stack).environment, rehearsal_of(stack).world
    kind = Kind(environment.kind.value)
    access = document(stack_file(stack))["config"].get("mlplatform:access", {})
    found = violations_and_unused(
        world,
        stack,
        kind,
        WAIVERS,
        workload=environment.workload,
        shared_people=shared_people(ROOT, kind, access),
    )
    assert found == ([], [])


@pytest.mark.parametrize("stack", STACKS)
def test_every_resource_is_named_and_tagged(stack: str) -> None:
    resources = custom(resources_in(rehearsal_of(stack)))
    assert resources
    assert (unnamed(resources), untagged(resources)) == ([], [])


def test_every_environment_has_a_stack_that_is_judged_by_its_kinds_policies() -> None:
    for environment in ENVIRONMENTS:
        kind = settings_of(environment["name"]).environment.kind
        assert environment["policy_pack_config"] == f"policies/{kind}.json"


def test_nonprod_is_deployed_before_prod() -> None:
    configs = [environment["policy_pack_config"] for environment in ENVIRONMENTS]
    assert configs == sorted(configs)


def test_a_private_environment_has_a_runner_inside_its_network_and_a_public_one_needs_none() -> None:
    for environment in ENVIRONMENTS:
        private = settings_of(environment["name"]).network.mode == "private"
        assert private == ("runner" in environment), environment["name"]


def test_azure_devops_walks_the_same_list() -> None:
    (parameter,) = document(ROOT / ".azuredevops/deploy.yml")["parameters"]
    renamed = {"policyPackConfig": "policy_pack_config"}
    listed = [{renamed.get(key, key): value for key, value in one.items()} for one in parameter["default"]]
    assert listed == ENVIRONMENTS
    assert document(ROOT / ".azuredevops/pull-request.yml")["parameters"][0] == parameter
    for name in ("drift.yml", "sync-git-folders.yml"):
        (parameter,) = document(ROOT / ".azuredevops" / name)["parameters"]
        assert parameter["default"] == WHERE
    promotion = {
        one["name"]: one.get("default") for one in document(ROOT / ".azuredevops/promote.yml")["parameters"]
    }
    assert [promotion["runner"]] == [one.get("runner", "") for one in ENVIRONMENTS if one["name"] == "prod"]


SECRETS = {
    name
    for stack in STACKS
    for name in re.findall(r"\benv:([A-Za-z_]\w*)", stack_file(stack).read_text(encoding="utf-8"))
}
"""What the stacks ask of their deployment."""

PLACEHOLDER = "not-known-to-previews"


@pytest.mark.parametrize(
    ("path", "job", "command", "place", "given"),
    [
        ("deploy.yml", "deploy", "make deploy", "", "secrets"),
        ("drift.yml", "look", "make drift", "drift-", "secrets"),
        ("pull-request.yml", "preview", "make real-preview", "preview-", "placeholders"),
    ],
)
def test_a_run_has_every_secret_its_stack_names_and_a_pull_request_placeholders(
    path: str, job: str, command: str, place: str, given: str
) -> None:
    runs = document(ROOT / ".github/workflows" / path)["jobs"][job]
    assert runs["environment"] == f"{place}${{{{ matrix.environment.name }}}}"
    (step,) = [step for step in runs["steps"] if step.get("run") == command]
    passed = {name: step["env"].get(name) for name in SECRETS}
    assert passed == {
        name: f"${{{{ secrets.{name} }}}}" if given == "secrets" else PLACEHOLDER for name in passed
    }


def test_so_it_is_on_azure_devops() -> None:
    steps = document(ROOT / ".azuredevops/steps.yml")["steps"]
    (step,) = [step for step in steps if step.get("task") == "AzureCLI@2"]
    given = step["env"]["${{ if eq(parameters.secrets, 'group') }}"]
    assert {name: given.get(name) for name in SECRETS} == {name: f"$({name})" for name in SECRETS}
    instead = step["env"]["${{ else }}"]
    assert {name: instead.get(name) for name in SECRETS} == dict.fromkeys(SECRETS, PLACEHOLDER)
    texts = {path.stem: path.read_text(encoding="utf-8") for path in ROOT.glob(".azuredevops/*.yml")}
    assert [name for name, text in texts.items() if "secrets: placeholders" in text] == ["pull-request"]
    assert "group: platform-preview-${{ environment.name }}" in texts["pull-request"]
    assert "group: platform-${{" not in texts["pull-request"]

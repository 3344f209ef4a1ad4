"""How a stack file reaches the program: as the engine hands it over, secrets as stand-ins."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.model.errors import RehearsalError
from rehearsal.model.values import masked_text
from rehearsal.program.configuration import Configuration, resolve_configuration
from rehearsal.program.project import read_project, read_stack_config
from rehearsal.run import rehearse
from tests.pulumi_stack_files.recording import recorded_forms

Project = Callable[..., Path]


def resolve(
    folder: Path, *, overrides: dict[str, object] | None = None, today: datetime.date | None = None
) -> Configuration:
    project = read_project(folder)
    config = read_stack_config(project, project.stack_file("dev"))
    return resolve_configuration(project, config, overrides=overrides, today=today)


def test_values_are_text_booleans_lower_case_and_objects_compact_json(project: Project) -> None:
    folder = project(
        "",
        dev="""
config:
  sample:size: 3
  ratio: 0.75
  whole: 1.0
  private: true
  azure-native:location: westeurope
  network: {cidr: 10.20.0.0/16, zones: [1, 2], nat: false}
  answer: yes
  window: 1:30
  since: 2026-11-21
  nothing: null
""",
    )
    assert resolve(folder).values == {
        "sample:size": "3",
        "sample:ratio": "0.75",
        "sample:whole": "1",
        "sample:private": "true",
        "azure-native:location": "westeurope",
        "sample:network": '{"cidr":"10.20.0.0/16","nat":false,"zones":[1,2]}',
        "sample:answer": "yes",
        "sample:window": "1:30",
        "sample:since": "2026-11-21 00:00:00 +0000 UTC",
        "sample:nothing": "",
    }


def test_every_recorded_form_reaches_the_program_as_from_the_engine(project: Project) -> None:
    folder = project("", dev="")
    handed, expected = {}, {}
    for form in recorded_forms():
        if not form.refused:
            (folder / "Pulumi.dev.yaml").write_bytes(form.content)
            found = resolve(folder)
            handed[form.name] = (
                {key: masked_text(text) for key, text in found.values.items()},
                sorted(found.secret_keys),
            )
            expected[form.name] = form.values, form.secret
    assert handed == expected


def test_project_defaults_stand_below_the_stack_file_and_overrides_above(project: Project) -> None:
    folder = project(
        "",
        yaml="""
name: sample
runtime: {name: python, options: {virtualenv: .venv}}
config:
  region: {type: string, default: northeurope}
  sample:size: {type: integer, default: 2}
  azure-native:location: {value: westeurope}
  plain: as it is
""",
        dev="config: {size: 5, tier: basic}\n",
    )
    assert resolve(folder, overrides={"tier": "premium"}, today=datetime.date(2026, 11, 21)).values == {
        "sample:region": "northeurope",
        "sample:size": "5",
        "azure-native:location": "westeurope",
        "sample:plain": "as it is",
        "sample:tier": "premium",
        "sample:today": "2026-11-21",
    }


def test_encrypted_values_become_stand_ins_under_secret_keys(project: Project) -> None:
    folder = project(
        "",
        dev="""
config:
  token: {secure: AAABAIx}
  git:
    user: ci
    credentials: [{secure: AAABAIy}]
""",
    )
    found = resolve(folder)
    assert found.values == {
        "sample:token": "rehearsal-secret-token",
        "sample:git": '{"credentials":["rehearsal-secret-git.credentials[0]"],"user":"ci"}',
    }
    assert found.secret_keys == ("sample:token", "sample:git")


def test_a_named_environment_variable_holds_a_stand_in_even_when_it_is_set(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TOKEN", "ghp_real")
    monkeypatch.setenv("ARM_CLIENT_SECRET", "real-as-well")
    folder = project(
        """
import os
import pulumi
token = os.environ[pulumi.Config().require_object("git")["token"].removeprefix("env:")]
pulumi.export("token", pulumi.Output.secret(token))
pulumi.export("stand_in", token.startswith("rehearsal-secret-"))
pulumi.export("ambient", os.environ.get("ARM_CLIENT_SECRET", "hidden"))
""",
        dev="config:\n  git: {token: 'env:GIT_TOKEN'}\n",
    )
    result = rehearse(folder, "dev")
    assert result.error is None
    assert result.outputs == {"token": "[secret]", "stand_in": True, "ambient": "hidden"}
    assert "ghp_real" not in result.inventory.to_json()
    assert os.environ["GIT_TOKEN"] == "ghp_real"
    assert os.environ["ARM_CLIENT_SECRET"] == "real-as-well"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "config:\n  a: [1, 2\n",
            r"Pulumi\.dev\.yaml:\d: not YAML: did not find expected ',' or '\]'|expected ',' or",
        ),
        ("config:\n  a: 1\n  a: 2\n", r"Pulumi\.dev\.yaml:3: key 'a' is given twice, first in line 2"),
        ("- a\n- b\n", r"Pulumi\.dev\.yaml:1: expected a map"),
        ("config: [a]\n", r"Pulumi\.dev\.yaml:1: 'config' must be a map"),
    ],
)
def test_a_corrupt_stack_file_is_named_with_its_line(project: Project, content: str, message: str) -> None:
    with pytest.raises(RehearsalError, match=message):
        rehearse(project("", dev=content), "dev")


def test_a_stack_without_file_is_told_which_there_are(project: Project) -> None:
    folder = project("", dev="", prod="")
    with pytest.raises(
        RehearsalError, match=r"no stack file Pulumi\.qa\.yaml in .*; stacks there: dev, prod"
    ):
        rehearse(folder, "qa")


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(RehearsalError, match=r"no Pulumi\.yaml in "):
        rehearse(tmp_path, "dev")


def test_another_language_is_refused(project: Project) -> None:
    folder = project("", yaml="name: sample\nruntime: nodejs\n")
    with pytest.raises(RehearsalError, match="runtime is 'nodejs'; only Python programs can be rehearsed"):
        rehearse(folder, "dev")


def test_a_namespace_spelt_almost_like_a_known_one_is_warned_of(project: Project) -> None:
    folder = project("", dev="config: {azure_native:location: x, azuread:tenant: y, sample:size: 2}\n")
    result = rehearse(folder, "dev")
    assert result.error is None
    assert result.log == (
        "warning: configuration azure_native:location: no package is called 'azure_native'; is "
        "azure-native:location meant?",
    )


def test_a_misspelt_project_is_warned_of(project: Project) -> None:
    folder = project("", yaml="name: forecasts\nruntime: python\n", dev="config: {forecsats:size: 1}\n")
    assert rehearse(folder, "dev").log == (
        "warning: configuration forecsats:size: no package is called 'forecsats'; is forecasts:size meant?",
    )


def test_a_stack_file_without_end_is_refused_before_the_program_starts(project: Project) -> None:
    folder = project("raise AssertionError('started')", dev="")
    (folder / "Pulumi.dev.yaml").unlink()
    (folder / "Pulumi.dev.yaml").symlink_to("/dev/zero")
    with pytest.raises(RehearsalError, match=r"Pulumi\.dev\.yaml:1: is a device, no regular file"):
        rehearse(folder, "dev", stack_file=folder / "Pulumi.dev.yaml", timeout=0.1)

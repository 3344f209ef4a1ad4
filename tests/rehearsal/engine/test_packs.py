"""The policy packs of an engine run: the project's own, unless told otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rehearsal.cli import main
from rehearsal.engine.packs import ChosenPack, check_packs, standard_packs
from rehearsal.engine.run import EngineOptions, Operation, run_engine
from rehearsal.model.errors import RehearsalError
from rehearsal.program.project import read_project
from tests.reference_platform import make_project
from tests.rehearsal.engine.conftest import ROOT, StandIn

Sample = Callable[..., Path]


def with_pack(project: Path, **environments: str) -> Path:
    pack = project / "policies"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    for name in environments.values():
        (project / name).write_text("{}")
    content = [{"name": name, "policy_pack_config": path} for name, path in environments.items()]
    (project / "environments.json").write_text(json.dumps(content))
    return pack


def given(stand_in: StandIn, command: str, flag: str) -> list[str]:
    words = next(words for words in stand_in.commands if words[0] == command)
    return [words[place + 1] for place, word in enumerate(words) if word == flag]


def test_the_projects_own_pack_is_on_with_the_configuration_of_its_environment(
    sample: Sample, stand_in: StandIn
) -> None:
    project = sample()
    pack = with_pack(project, dev="nonprod.json", prod="prod.json")
    assert main(["up", "--stack", "dev", "--project", str(project)]) == 0
    assert given(stand_in, "up", "--policy-pack") == [str(pack)]
    assert given(stand_in, "up", "--policy-pack-config") == [str(project / "nonprod.json")]


def test_no_policies_and_other_policies_are_said_on_the_command_line(
    sample: Sample, stand_in: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample()
    with_pack(project)
    command = ["--stack", "dev", "--project", str(project)]
    assert main(["up", *command, "--no-policies"]) == 0
    assert given(stand_in, "up", "--policy-pack") == []
    other = tmp_path / "other"
    other.mkdir()
    (other / "PulumiPolicy.yaml").write_text("runtime: python\n")
    assert main(["preview", "--engine", *command, "--policy-pack", str(other)]) == 0
    assert given(stand_in, "preview", "--policy-pack") == [str(other)]
    with pytest.raises(SystemExit) as raised:
        main(["up", *command, "--no-policies", "--policy-pack", str(other)])
    assert raised.value.code == 1
    assert "--no-policies and --policy-pack exclude each other" in capsys.readouterr().err


def test_packs_without_a_configuration_get_an_empty_one_where_another_has_one(
    sample: Sample, stand_in: StandIn
) -> None:
    project = sample()
    pack = with_pack(project, dev="nonprod.json")
    packs = (ChosenPack(pack), ChosenPack(pack, project / "nonprod.json"))
    run_engine(project, "dev", Operation.PREVIEW, EngineOptions(policy_packs=packs))
    first, second = given(stand_in, "preview", "--policy-pack-config")
    assert json.loads(Path(first).read_text()) == {}
    assert second == str(project / "nonprod.json")


def test_a_pack_that_cannot_start_is_refused_before_the_engine_does(
    sample: Sample, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    project = sample()
    pack = with_pack(project)
    (pack / "PulumiPolicy.yaml").write_text("runtime: {name: python, options: {virtualenv: ../gone}}\n")
    assert main(["up", "--stack", "dev", "--project", str(project)]) == 1
    assert "its virtual environment '../gone' is not there" in capsys.readouterr().err
    (project / "environments.json").write_text("{")
    with pytest.raises(RehearsalError, match=r"environments\.json: Expecting property name"):
        standard_packs(read_project(project), "dev")
    assert stand_in.commands == []


def test_the_stacks_of_the_platform_have_theirs(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    for stack, configuration in (("dev", "nonprod.json"), ("prod", "prod.json")):
        (pack,) = standard_packs(read_project(project), stack)
        assert pack == ChosenPack(project / "policies", project / "policies" / configuration)
    check_packs((ChosenPack(ROOT / "policies"),))

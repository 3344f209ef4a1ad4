"""A first private deployment: the foundation, then the rest, and never the rest taken away."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from infra.phases import StateError, beyond_foundation, main, urns_in_state
from tests.infra.platforms import rehearsed
from tests.reference_platform import read_stack, stack_file

pytestmark = pytest.mark.xdist_group("platforms")


def urns(name: str) -> set[str]:
    return {resource.urn for resource in rehearsed(name).world.resources}


def test_the_first_phase_is_part_of_the_second() -> None:
    first, second = urns("private-first"), urns("private-second")
    assert len(first) < 60 < 380 < len(second)
    assert first - second == set()


def test_what_the_first_phase_declares_is_the_foundation() -> None:
    first, second = urns("private-first"), urns("private-second")
    assert list(beyond_foundation(first)) == []
    beyond = set(beyond_foundation(second))
    # The hub's peering is read, and deletes nothing when it is no longer.
    read = {resource.urn for resource in rehearsed("private-second").world.resources if resource.external}
    assert second - first - beyond <= read | {urn for urn in second if ":PrivateDnsZones" in urn}


def test_what_stands_inside_waits_for_the_hubs_own_peering() -> None:
    world = rehearsed("private-second").world
    (back,) = [resource for resource in world.resources if resource.name == "hub-peering-back"]
    assert back.external
    assert back.id.endswith("/virtualNetworks/vnet-hub-weu/virtualNetworkPeerings/to-forecast-test")
    inside = [resource for resource in world.resources if resource.type.startswith("databricks:")]
    assert len(inside) > 40
    assert [resource.urn for resource in inside if not world.depends_on(resource, back)] == []


def test_the_preview_says_which_phase_it_is_and_what_comes_next() -> None:
    said = "\n".join(rehearsed("private-first").log)
    assert (
        "network.hub.peering_back: is missing, so this is phase 1 of 2 and deploys only the foundation"
        in said
    )
    assert "For phase 2, let the hub peer back" in said
    assert "phase 1" not in "\n".join(rehearsed("private-second").log)


def test_the_hubs_owner_is_told_what_to_connect() -> None:
    told = rehearsed("private-first").outputs["network"]
    assert isinstance(told, dict)
    assert told["virtual_network_id"].endswith("/virtualNetworks/vnet-forecast-test-weu")
    assert "privatelink.azuredatabricks.net" in told["private_dns_zones"]


PROD = "urn:pulumi:prod::mlplatform::mlplatform:platform:Platform$mlplatform:"
NETWORK = f"{PROD}foundation:VirtualNetwork$azure-native:network:VirtualNetwork::virtual-network"
JOB = f"{PROD}databricks:DatabricksPlatform$mlplatform:databricks:Jobs$databricks:index/job:Job::nightly"


@pytest.fixture(name="folder")
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prod before its hub has peered back."""
    document = read_stack("prod")
    del document["config"]["mlplatform:network"]["hub"]["peering_back"]
    (tmp_path / "Pulumi.prod.yaml").write_text(yaml.safe_dump(document), encoding="utf-8")
    shutil.copy(stack_file("dev"), tmp_path / "Pulumi.dev.yaml")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("state", [[], [NETWORK]])
def test_the_first_phase_can_be_run_again(state: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stack", "prod"], state_of=lambda _stack: state) == 0
    assert "prod: phase 1 of 2" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_the_first_phase_is_refused_where_more_stands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--stack", "prod"], state_of=lambda _stack: [NETWORK, JOB]) == 2
    refused = capsys.readouterr().err
    assert "mlplatform:network.hub.peering_back: is left out" in refused
    assert f"1 resources beyond it, which `up` would delete, such as {JOB}" in refused


@pytest.mark.usefixtures("folder")
def test_a_stack_without_phases_is_not_looked_at() -> None:
    def never(_stack: str) -> list[str]:
        raise AssertionError("asked for the state")

    assert main(["--stack", "dev"], state_of=never) == 0


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo no stack named prod >&2; exit 255", "the state of prod cannot be read: no stack named prod"),
        ("echo oops", "is not what `pulumi stack export` prints"),
    ],
)
def test_a_state_that_cannot_be_read_stops(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    script: str,
    message: str,
) -> None:
    put_pulumi(folder, monkeypatch, script)
    assert main(["--stack", "prod"]) == 1
    assert message in capsys.readouterr().err


def test_the_state_is_what_pulumi_exports(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_pulumi(
        folder,
        monkeypatch,
        f"""echo '{{"version": 3, "deployment": {{"resources": [{{"urn": "{NETWORK}"}}]}}}}'""",
    )
    assert urns_in_state("prod") == [NETWORK]
    # A stack that was never deployed.
    put_pulumi(folder, monkeypatch, """echo '{"version": 3, "deployment": {"manifest": {}}}'""")
    assert urns_in_state("prod") == []


def test_without_the_cli_nobody_can_look(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(StateError, match="not on PATH"):
        urns_in_state("prod")


def put_pulumi(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A `pulumi` that does this."""
    path = folder / "pulumi"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_every_deployment_asks_for_its_phase_first() -> None:
    makefile = (Path(__file__).parents[2] / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.partition("\ndeploy:")[2].partition("\n\n")[0]
    assert (
        recipe.index("infra.phases --stack $(STACK)")
        < recipe.index("pulumi refresh")
        < recipe.index("pulumi up")
    )

"""Unchanged programs, deployed to the providers by a stand-in for the engine: the life of a stack without a CLI."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pulumi.runtime.proto import provider_pb2

from rehearsal.cloud.change import plan_change, record_of
from rehearsal.faults.plan import FaultPlan, read_faults
from rehearsal.model.change_kind import ChangeKind
from rehearsal.model.policy import PackResult
from rehearsal.model.resource import Options, Resource
from rehearsal.model.urns import STACK_TYPE
from rehearsal.model.world import World
from rehearsal.policy_pack.analysis import analyse, mandatory_findings
from rehearsal.policy_pack.pack import read_pack
from rehearsal.policy_pack.process import PackSurroundings, running_pack
from rehearsal.program.configuration import Configuration, resolve_configuration
from rehearsal.program.project import read_project, read_stack_config
from rehearsal.provider.server import RunningProviders, running_providers
from rehearsal.run import rehearse
from tests.infra.platforms import rehearsed
from tests.reference_platform import make_project, stack_file
from tests.rehearsal.provider.conftest import TODAY
from tests.rehearsal.provider.programs import unknown_paths
from tests.rehearsal.provider.stand_in.deployment import ROOT, Deployment, Steps
from tests.rehearsal.provider.stand_in.state import DeploymentError, State

SAMPLE = ROOT / "tests" / "data" / "engine" / "sample"
KINDS = provider_pb2.PropertyDiff


class Stack:
    """A project's stack, on providers of its own."""

    def __init__(self, running: RunningProviders, folder: Path, stack: str) -> None:
        self.running = running
        self.stack = stack
        self.project = read_project(folder)
        self._config = read_stack_config(self.project, self.project.stack_file(stack))
        self.deployment = Deployment(running, self.project, stack)

    def preview(self, **config: object) -> Steps:
        return self.deployment.preview(self._configuration(config))

    def up(self, **config: object) -> Steps:
        return self.deployment.up(self._configuration(config))

    def area(self, name: str) -> dict[str, object]:
        found = self._config[self.project.full_key(name)]
        assert isinstance(found, dict)
        return dict(found)

    @property
    def standing(self) -> Mapping[str, str]:
        return {record.urn: record.id for record in self.running.services.standing}

    def judged(self, configuration: str) -> PackResult:
        """What the committed pack says of the last preview, unknown values in it. The engine hands a stack's resources
        over in no order (step_generator.go `AnalyzeResources`), so they come backwards here."""
        values = self._configuration({})
        about = PackSurroundings(self.project.name, self.stack, values.values, values.secret_keys)
        pack = read_pack(ROOT / "policies", ROOT / "policies" / configuration)
        shown = [state for state in self.deployment.shown.values() if state.type != STACK_TYPE]
        resources = tuple(resource_of(state, order) for order, state in enumerate(shown[::-1]))
        world = World(resources, TODAY, settings=values.values)
        with running_pack(pack, about) as process:
            return analyse(process, world, about)

    def _configuration(self, config: Mapping[str, object]) -> Configuration:
        return resolve_configuration(self.project, self._config, overrides=config, today=TODAY)


@contextlib.contextmanager
def opened(
    folder: Path, stack: str, tmp_path: Path, *faults: str, settings: Mapping[str, str] | None = None
) -> Iterator[Stack]:
    plan = FaultPlan(read_faults(faults, 0), 0)
    with running_providers(tmp_path / "cloud.jsonl", TODAY, plan, settings=settings) as running:
        yield Stack(running, folder, stack)


def resource_of(state: State, order: int) -> Resource:
    return Resource(
        urn=state.urn,
        type=state.type,
        id=state.id,
        order=order,
        inputs=state.inputs,
        outputs=state.outputs,
        custom=state.custom,
        external=state.external,
        parent=state.parent,
        provider=state.provider,
        dependencies=tuple(sorted(state.dependencies)),
        property_dependencies={key: tuple(urns) for key, urns in state.property_dependencies.items()},
        options=Options(protect=state.protect, ignore_changes=state.ignore_changes),
    )


def operations(steps: Steps) -> set[str]:
    return {step.operation for step in steps.values()}


def changes(steps: Steps) -> Mapping[str, tuple[str, ...]]:
    return {urn: tuple(step.differences) for urn, step in steps.items() if step.operation != "same"}


def named(steps: Steps) -> Mapping[str, str]:
    return {urn.rpartition("$")[2]: step.operation for urn, step in steps.items()}


ACCOUNT = "azure-native:storage:StorageAccount::lake"
CONTAINER = "azure-native:storage:BlobContainer::raw"


def test_a_replacement_deletes_first_what_depends_on_it_and_needs_no_step_of_its_own_to_unprotect(
    tmp_path: Path,
) -> None:
    with opened(SAMPLE, "dev", tmp_path) as stack:
        stack.up()
        with pytest.raises(DeploymentError, match="protected"):
            stack.up(flat=True)
        done = named(stack.up(flat=True, protected=False))
        assert {name for name, operation in done.items() if operation == "replace"} == {ACCOUNT, CONTAINER}
        assert len(stack.standing) == 8
        assert operations(stack.preview(flat=True, protected=False)) == {"same"}


def test_error_hooks_heal_an_up_and_the_next_one_makes_a_refused_destroy_good(tmp_path: Path) -> None:
    with opened(SAMPLE, "dev", tmp_path, "principal-not-found:times=2") as stack:
        stack.up()
        assert len(stack.running.faults.struck) == 2
        with pytest.raises(DeploymentError, match=f"{ACCOUNT}: cannot be deleted because it is protected"):
            stack.deployment.destroy()
        assert len(stack.standing) == 2
        stack.up(protected=False)
        assert len(stack.standing) == 8
        stack.deployment.destroy()
        assert stack.standing == {}


def test_what_stands_after_a_timeout_is_kept_and_completed_by_the_next_up(tmp_path: Path) -> None:
    with opened(SAMPLE, "dev", tmp_path, f"timeout:type={ACCOUNT.partition('::')[0]}") as stack:
        with pytest.raises(DeploymentError, match="operation timed out"):
            stack.up()
        assert set(stack.standing.values()) <= {state.id for state in stack.deployment.state.values()}
        assert named(stack.up())[ACCOUNT] == "update"
        assert len(stack.standing) == 8
        assert operations(stack.preview()) == operations(stack.deployment.refresh()) == {"same"}


COMPUTED = {"name", "location", "tags", "scope", "resourceGroupName", "resourceId", "subscriptionId"}


def test_dev_lives_its_life(tmp_path: Path) -> None:
    before = rehearsed("dev").world
    wanted = {item.urn: item.id for item in before.resources if item.custom and not item.is_provider}
    with opened(make_project(tmp_path / "project"), "dev", tmp_path, settings=before.settings) as stack:
        assert operations(stack.preview()) == {"create"}
        assert stack.standing == {}
        unknown = {
            path.rpartition(".")[2]
            for state in stack.deployment.shown.values()
            for path in unknown_paths(dict(state.inputs))
        }
        assert not unknown & COMPUTED
        assert not {name for name in unknown if name.endswith("Name") and "Principal" not in name}
        assert mandatory_findings([stack.judged("nonprod.json")]) == ()

        stack.up()
        assert stack.standing == wanted
        assert operations(stack.preview()) == {"same"}
        assert operations(stack.deployment.refresh()) == {"same"}

        tags = {**stack.area("tags"), "owner": "another@example.com"}
        previewed = stack.preview(tags=tags)
        after = rehearse(
            ROOT, "dev", today=TODAY, stack_file=stack_file("dev"), config_overrides={"tags": tags}
        ).world
        planned = {
            item.urn: plan_change(record_of(before.by_urn[item.urn]), record_of(item))
            for item in after.resources
            if item.urn in wanted
        }
        expected = {urn: it.paths for urn, it in planned.items() if it.kind is not ChangeKind.SAME}
        assert {urn: tuple(sorted(paths)) for urn, paths in changes(previewed).items()} == expected
        assert {kind for step in previewed.values() for kind in step.differences.values()} == {KINDS.UPDATE}

        assert operations(stack.up(recovery={**stack.area("recovery"), "protected": False})) == {"same"}
        stack.deployment.destroy()
        assert stack.standing == {}
        assert stack.deployment.state == {}


def test_prod_is_deployed_and_has_nothing_to_do_afterwards(tmp_path: Path) -> None:
    """The hub's peering is read, and nothing of it is made or taken away."""
    before = rehearsed("prod").world
    wanted = {
        item.urn: item.id
        for item in before.resources
        if item.custom and not item.is_provider and not item.external
    }
    with opened(make_project(tmp_path / "project"), "prod", tmp_path, settings=before.settings) as stack:
        assert operations(stack.preview()) == {"create", "read"}
        assert mandatory_findings([stack.judged("prod.json")]) == ()
        stack.up()
        assert stack.standing == wanted
        assert operations(stack.preview()) == {"same", "read"}
        assert operations(stack.deployment.refresh()) - {"read"} == {"same"}
        with pytest.raises(DeploymentError, match="cannot be deleted because it is protected"):
            stack.deployment.destroy()

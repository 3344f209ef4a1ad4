"""A log workspace of another team: the acts of such a stack ask for what its owner lends."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from docs.generate_acts import acts_files
from rehearsal.authorisation.acts_file import read_acts
from rehearsal.lifecycle.acts import play
from rehearsal.lifecycle.program import sent_by
from tests.infra.platforms import SCENARIOS, merge_patch, rehearsed
from tests.reference_platform import read_stack

KEYS = "Microsoft.OperationalInsights/workspaces/sharedKeys/action"


@pytest.fixture(scope="module")
def acts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make preview` makes them for the scenario."""
    folder = tmp_path_factory.mktemp("stack")
    patch = yaml.safe_load((SCENARIOS / "existing-dependencies.yaml").read_text(encoding="utf-8"))
    document = read_stack("dev")
    config = merge_patch(document["config"], {f"mlplatform:{area}": value for area, value in patch.items()})
    (folder / "Pulumi.test.yaml").write_text(yaml.safe_dump({"config": config}), encoding="utf-8")
    ((path, text),) = acts_files(folder)
    path.write_text(text, encoding="utf-8")
    return path


def test_diagnostics_are_refused_until_the_workspace_s_owner_lends_the_role(acts: Path) -> None:
    lifecycle, program = read_acts(acts), sent_by(rehearsed("existing-dependencies").world)
    (lent,) = (one for one in lifecycle.identities["deploy"].azure if one.role == "Monitoring Contributor")
    assert lent.scope.endswith("/workspaces/log-shared")
    for given, missing in ((lifecycle, False), (lifecycle.without("deploy", lent), True)):
        told = {
            denial.scope
            for one in play(given, program)
            if one.act.by == "deploy"
            for denial in one.refused
            if denial.right.startswith(KEYS)
        }
        assert told == ({lent.scope} if missing else set())

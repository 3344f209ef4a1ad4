"""Pages that promise to name everything do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from azure_facts.action_tables.action import Trial
from azure_facts.retirements import RETIREMENTS
from infra.preflight.checks import CHECKS
from infra.preflight.finding import Verdict
from infra.verify import outcome as verify

DOCS = Path(__file__).parents[1] / "docs"


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table that begins with this heading."""
    text = (DOCS / page).read_text(encoding="utf-8")
    table = text[text.index(f"| {heading} |") :].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize(
    "found_in_guides",
    [
        "Standard tier",
        "Repos",
        "/Shared",
        "personal access token",
        "azureml-core",
        "DatabricksStep",
        "AciWebservice",
        "L16s_v2",
        "mount",
        "FileStore",
        "SQL Analytics",
        "access policies",
        "Cognitive Services",
    ],
)
def test_readers_of_older_guides_find_what_they_read_and_since_when(found_in_guides: str) -> None:
    found = [
        row for row in rows("for-readers-of-older-guides.md", "a guide says") if found_in_guides in row[0]
    ]
    assert found
    for _, instead, since in found:
        assert instead
        assert re.search(r"\b20\d\d\b", since), since


def test_what_is_left_out_on_purpose_has_its_reason() -> None:
    out = {row[0]: row[1] for row in rows("for-readers-of-older-guides.md", "what")}
    assert list(out) == ["image labelling", "Databricks AutoML", "the designer"]
    assert all(len(why) > 30 for why in out.values())


def test_every_check_of_the_preflight_is_told() -> None:
    told = {row[0] for row in rows("preflight.md", "check")}
    # What the workspace is asked once it stands is told beside the account.
    inside = {f"Databricks {part}" for part in ("workspace", "metastore", "groups", "principals")}
    assert inside <= told
    assert told - inside == {_title(check.__name__) for check in CHECKS}
    page = (DOCS / "preflight.md").read_text(encoding="utf-8")
    assert all(f"`{verdict}`" in page for verdict in Verdict)


def test_every_trial_and_verdict_of_verify_is_told() -> None:
    told = {word for row in rows("verify.md", "trial") for word in re.findall(r"`([A-Z_]+)`", row[0])}
    assert told == {trial.name for trial in Trial}
    assert {row[0].strip("`") for row in rows("verify.md", "verdict")} == {*verify.Verdict}
    assert {row[0] for row in rows("verify.md", "code")} == {str(int(code)) for code in verify.ExitCode}


def _title(function: str) -> str:
    return {
        "deployer_rights": "rights of the deployer",
        "names_are_free": "names",
        "databricks_account": "Databricks account",
        "validation_by_arm": "validation by ARM",
    }.get(function, function.replace("_", " "))


def test_the_upgrade_page_names_the_day_on_which_key_vaults_api_stops() -> None:
    page = (DOCS / "upgrading-providers.md").read_text(encoding="utf-8")
    (vaults,) = (
        one for one in RETIREMENTS if one.pattern.startswith("Microsoft") and "KeyVault" in one.pattern
    )
    assert f"**every Key Vault control-plane version before 2026-02-01 stops on\n{vaults.retires}**" in page

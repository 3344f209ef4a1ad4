"""The file of acts: what it says, and what is refused, each with its key."""

from __future__ import annotations

from pathlib import Path

import pytest

from rehearsal.authorisation.acts_file import ActsError, acts_path, read_acts, stack_digest, stale_acts
from rehearsal.authorisation.model import Does, Membership, Metastore

ID = "00000000-0000-0000-0000-000000000001"
GOOD = f"""\
subscription: {ID}
identities:
  ci:
    what: deploys
    azure:
      - role: Contributor
        scope: /subscriptions/{ID}
    databricks: {{name: app, groups: [owners], metastore: [create catalog], workspace: member}}
acts:
  change: {{does: change, by: ci, after: first}}
  first: {{does: up, by: ci}}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "Acts.dev.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_acts_come_behind_those_that_they_come_after(tmp_path: Path) -> None:
    lifecycle = read_acts(written(tmp_path, GOOD))
    assert [act.name for act in lifecycle.acts] == ["first", "change"]
    assert lifecycle.acts[0].does is Does.UP
    assert lifecycle.metastore is Metastore.AUTOMATIC
    ci = lifecycle.identities["ci"]
    assert ci.databricks.metastore == ("CREATE_CATALOG",)
    assert ci.databricks.workspace is Membership.MEMBER
    assert ci.azure[0].permissions[0].permits("Microsoft.Storage/storageAccounts/write")


def test_it_lies_beside_the_stack_s_file() -> None:
    assert acts_path(Path("stacks/Pulumi.qa.yaml")) == Path("stacks/Acts.qa.yaml")


def test_a_custom_role_has_its_actions_in_the_file(tmp_path: Path) -> None:
    text = (
        GOOD.replace("role: Contributor", "role: Author")
        + "custom_roles:\n  Author: {actions: [a/b/write]}\n"
    )
    (held,) = read_acts(written(tmp_path, text)).identities["ci"].azure
    assert held.permissions[0].permits("a/b/write")
    assert not held.permissions[0].permits("a/b/read")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        (
            "role: Contributor",
            "role: Contributer",
            "identities.ci.azure[0].role: 'Contributer' is no built-in role",
        ),
        (
            f"scope: /subscriptions/{ID}",
            f"scope: /subscriptions/{ID.replace('1', '2')}",
            "identities.ci.azure[0].scope: lies in the subscription",
        ),
        (
            f"scope: /subscriptions/{ID}",
            "scope: rg-x",
            "identities.ci.azure[0].scope: 'rg-x' is no scope in a subscription",
        ),
        (
            "role: Contributor",
            "role: Contributor\n        condition: nonsense",
            "identities.ci.azure[0].condition: expected ActionMatches",
        ),
        ("by: ci}", "by: somebody}", "acts.first.by: there is no identity somebody; there is ci"),
        (
            "after: first",
            "after: nothing",
            "acts.change.after: there is no act nothing; there is change, first",
        ),
        ("{does: up, by: ci}", "{does: up, by: ci, after: change}", "is a circle: no act could be the first"),
        ("does: up", "does: fly", "acts.first.does: "),
        ("does: up", "does: operations", "acts.first.operations: belong to `does: operations`"),
        ("what: deploys", "what: deploys\n    colour: red", "identities.ci.colour: there is no such key"),
        (f"subscription: {ID}", "", "subscription: Field required"),
        ("workspace: member", "workspace: owner", "identities.ci.databricks.workspace: "),
    ],
)
def test_what_is_wrong_is_refused_with_its_key(tmp_path: Path, good: str, bad: str, said: str) -> None:
    assert good in GOOD
    with pytest.raises(ActsError) as refused:
        read_acts(written(tmp_path, GOOD.replace(good, bad, 1)))
    lines = str(refused.value).splitlines()
    assert any(said in line for line in lines), lines
    assert all(line.startswith(str(tmp_path)) for line in lines)


def test_every_problem_is_told_at_once_and_a_circle_once(tmp_path: Path) -> None:
    text = GOOD.replace("by: ci}", "by: nobody, after: change}").replace("Contributor", "Contributer")
    with pytest.raises(ActsError) as refused:
        read_acts(written(tmp_path, text))
    assert len(str(refused.value).splitlines()) == 3


def test_a_generated_file_is_stale_once_the_stack_file_says_something_else(tmp_path: Path) -> None:
    stack = tmp_path / "Pulumi.dev.yaml"
    stack.write_text("# a comment\nconfig:\n  a: 1\n", encoding="utf-8")
    lifecycle = read_acts(written(tmp_path, f"stack_digest: {stack_digest(stack)}\n{GOOD}"))
    assert stale_acts(lifecycle, stack) == ""
    stack.write_text("# another\n\nconfig:\n  a: 1\n", encoding="utf-8")
    assert stale_acts(lifecycle, stack) == ""
    stack.write_text("config:\n  a: 2\n", encoding="utf-8")
    assert "was made for another Pulumi.dev.yaml" in stale_acts(lifecycle, stack)
    assert stale_acts(read_acts(written(tmp_path, GOOD)), stack) == ""

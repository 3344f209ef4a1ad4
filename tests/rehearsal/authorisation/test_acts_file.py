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
        (
            "what: deploys",
            "what: deploys\n    colour: red",
            "the keys here are what, object_id, azure, databricks",
        ),
        (
            "role: Contributor",
            "role: Contributor\n        rôle: x",
            "identities.ci.azure[0].rôle: there is no such",
        ),
        (f"subscription: {ID}", "", "subscription: Field required"),
        (f"subscription: {ID}\n", "subscription: mine\n", "subscription: 'mine' is no GUID"),
        (
            f"subscription: {ID}\n",
            f"subscription: {ID}\nother_subscriptions: {{the hub: x}}\n",
            "other_subscriptions.the hub: is no GUID",
        ),
        (
            f"scope: /subscriptions/{ID}",
            f"scope: /subscriptions/{ID}//resourceGroups/x",
            "is no scope in a subscription",
        ),
        (f"scope: /subscriptions/{ID}", f"scope: /subscriptions/{ID}/../x", "is no scope in a subscription"),
        (
            f"scope: /subscriptions/{ID}",
            f"scope: /subscriptions/{ID}/resourceGroups",
            "is no scope in a subscription",
        ),
        (
            "what: deploys",
            "what: deploys\n    object_id: nobody",
            "identities.ci.object_id: 'nobody' is no GUID",
        ),
        (
            "[create catalog]",
            "[create catalogue]",
            "databricks.metastore[0]: 'create catalogue' is no privilege",
        ),
        (
            "workspace: member",
            "git_credentials: [gitHub, gitHup]",
            "databricks.git_credentials[1]: 'gitHup' is no provider",
        ),
        ("does: up", "does: UP", "acts.first.does: "),
        ("by: ci}", "by: CI}", "acts.first.by: there is no identity CI; there is ci"),
        ("does: up,", "does: up, only: [StorageAccount],", "acts.first.only: 'StorageAccount' is no type"),
        (
            "does: up,",
            "does: up, leaves: {azure-native:storage: x},",
            "acts.first.leaves: 'azure-native:storage' is no type",
        ),
        (
            "does: up,",
            f"does: operations, operations: [{{operation: read, scope: /subscriptions/{ID}}}],",
            "acts.first.operations[0].operation: 'read' is no operation",
        ),
        (
            "does: up,",
            f'does: operations, operations: [{{operation: "*", scope: /subscriptions/{ID}}}],',
            "acts.first.operations[0].operation: '*' is no operation",
        ),
        ("  first:", '  "fi\\nrst":', "acts.fi rst.[key]: String should match pattern"),
        ("acts:", "state: {container: pulumi-state}\nacts:", "state.container: 'pulumi-state' is no scope"),
        (
            "acts:",
            f"state: {{container: /subscriptions/{ID}, key: https://kv.vault.azure.net/keys/k}}\nacts:",
            "state.key: 'https://kv.vault.azure.net/keys/k' is no scope",
        ),
        ("acts:", "custom_roles: {CONTRIBUTOR: {actions: ['*']}}\nacts:", "Contributor is a built-in role"),
        ("acts:", "custom_roles: {Author: {}}\nacts:", "custom_roles.Author: gives nothing"),
        (
            "acts:",
            "custom_roles: {Author: {actions: [a/b/read, write everything]}}\nacts:",
            "custom_roles.Author.actions[1]: 'write everything' is no operation",
        ),
        (
            "acts:",
            f"  a: {{what: a, object_id: {ID}}}\n  b: {{what: b, object_id: {ID}}}\nacts:",
            "identities.b.object_id: is that of a already",
        ),
        (
            "acts:",
            "  b: {what: b, databricks: {name: APP}}\nacts:",
            "identities.b.databricks.name: is that of ci already",
        ),
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


@pytest.mark.parametrize(
    "condition",
    [
        "(" * 4000,
        "!" * 9000,
        "NOT (" * 2000,
        "(ActionMatches{'a/b'}",
        "ActionMatches{'a/b'})",
        "ActionMatches{'a/b', 'c/d'}",
        "ActionMatches{}",
        "@Request[a] ForNone:GuidEquals {'x'}",
        "@Request[a] NumericEquals {'1'}",
        "@Request[a] GuidEquals {not-a-guid}",
        "@Request[ GuidEquals {'x'}",
        "@Somebody[a] GuidEquals {'x'}",
        "AND ActionMatches{'a/b'}",
        "ActionMatches{'a/b'} OR",
        "ActionMatches{'a/b'} ActionMatches{'a/b'}",
        "'",
        "é",
    ],
    ids=lambda condition: condition[:24],
)
def test_a_condition_that_cannot_be_read_is_one_line_with_the_place(tmp_path: Path, condition: str) -> None:
    text = GOOD.replace("role: Contributor", f'role: Contributor\n        condition: "{condition}"')
    with pytest.raises(ActsError) as refused:
        read_acts(written(tmp_path, text))
    (line,) = str(refused.value).splitlines()
    assert "identities.ci.azure[0].condition: " in line
    assert " character " in line


def test_a_condition_of_many_alternatives_is_read(tmp_path: Path) -> None:
    condition = " OR ".join(["(ActionMatches{'a/b'})"] * 3000)
    text = GOOD.replace("role: Contributor", f'role: Contributor\n        condition: "{condition}"')
    (held,) = read_acts(written(tmp_path, text)).identities["ci"].azure
    assert held.judge is not None


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

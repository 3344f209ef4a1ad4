"""Who can destroy what, as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator

from infra.access.losses import DEPLOYING, Protection, loss_rows
from infra.settings.environment import EnvironmentKind

_INTRODUCTION = f"""\
The tables show which identity can destroy which data, and what brings it back. They follow from
[the access tables](access.md): an identity is listed where one of its roles permits writing or deleting blobs, or
changing and deleting the account. No custom role of this project permits that. The settings in each heading decide what
brings data back.

- Jobs write through `databricks-connector`. Everybody with WRITE_FILES or MODIFY in Unity Catalog, above all the jobs'
  principal, can overwrite and delete through it.
- `{DEPLOYING}` is CI's, from [the bootstrap](bootstrap.md): Contributor on the subscription, and able to give itself a
  role on data. It can switch soft delete off, and remove delete locks and an immutability policy that is not locked. It
  cannot delete a copy from a vault whose immutability is locked.
- A copy is made once a day: data written since the last copy is lost with the file. A restore goes into another
  account ([recovery.md](recovery.md#runbook-the-lake-is-overwritten-or-deleted)).
- A row applies to an environment that has its part: [access.md](access.md) names the condition of each role."""

_CASES = (
    (
        EnvironmentKind.PROD,
        Protection(backed_up=True, immutable=True),
        "Prod, with `recovery.lake_backup` and `immutable_days`",
    ),
    (
        EnvironmentKind.NONPROD,
        Protection(backed_up=False, immutable=False),
        "Nonprod, without either",
    ),
)


def losses_page(written_by: str) -> str:
    """The page; `written_by` is the line that says how it is made."""
    lines = ["# What each identity can destroy", "", written_by, "", _INTRODUCTION, ""]
    for kind, protection, title in _CASES:
        lines += [f"## {title}", "", *_table(kind, protection), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table(kind: EnvironmentKind, protection: Protection) -> Iterator[str]:
    yield "| identity | can destroy | how | brought back by | within |"
    yield "|---|---|---|---|---|"
    for row in loss_rows(kind, protection):
        yield f"| {row.who} | {row.store} | {row.loss} | {row.brought_back} | {row.within} |"

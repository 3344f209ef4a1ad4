"""The page on what drift's identity needs in Databricks."""

from __future__ import annotations

from azure_facts.databricks_reading import READINGS, Reader

_GIVEN_BY = {
    Reader.WORKSPACE_ADMIN: "`drift_application_id`: the program assigns ADMIN",
    Reader.OWNER: "membership of `owner_group`, by hand",
    Reader.MANAGER: "membership of `owner_group`, by hand",
    Reader.ACCOUNT_ADMIN: "by hand: the role of the account, or `network_connectivity.bound_already`",
    Reader.ITSELF: "the secret that the nightly run is given",
    Reader.MEMBER: "`drift_application_id`",
}

_INTRODUCTION = """\
`make drift` refreshes: the provider reads every object in the state. A preview reads none
([decision 13](decisions/0013-a-provider-learns-its-workspace.md)). Databricks has no read-only administrator: an
identity that can read everything can also change it. So the nightly check has a separate identity,
`id-WORKLOAD-drift-ENVIRONMENT`:

- In Azure it is a reader, as the previewing identity is ([bootstrap.md](bootstrap.md)).
- In the workspace it is an admin, by `databricks.drift_application_id`.
- It is in `databricks.owner_group`. An administrator of the directory adds it:

```sh
# needs Azure
az ad group member add --group sg-forecast-databricks-owners-dev --member-id DRIFT_OBJECT_ID
```

No pull request runs with this identity: it is federated with the environment `drift-ENVIRONMENT`, which allows `main`
only ([pipelines.md](pipelines.md#drift)). Weaker rights are not enough. `BROWSE` on a catalog, or `CAN_VIEW` on an
object, shows the object, but only its owners and managers can see its grants and bindings. Without
`drift_application_id` the check ends with "nobody could look".

The first `up` with this setting makes the identity an admin. Until then the nightly check cannot read Databricks."""


def drift_page(written_by: str) -> str:
    """`written_by` is the line that says how it is made."""
    lines = ["# Databricks: what drift needs", "", written_by, "", _INTRODUCTION, ""]
    lines += ["| object | read by | given by | source |", "|---|---|---|---|"]
    lines += [
        f"| {token.rpartition(':')[2]} | {reading.reader} | {_GIVEN_BY[reading.reader]} | {reading.source} |"
        for token, reading in sorted(READINGS.items())
    ]
    return "\n".join(lines) + "\n"

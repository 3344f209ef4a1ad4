"""Set a Databricks git folder to a branch (Repos API 2.0); the standard library is enough."""

from __future__ import annotations

import json
import os
import sys
import urllib.parse
import urllib.request
from typing import Any


def call(host: str, token: str, method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """One request; raises urllib.error.HTTPError with the service's status."""
    request = urllib.request.Request(
        f"{host.rstrip('/')}/api/2.0{path}",
        method=method,
        data=json.dumps(body).encode() if body else None,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


def sync(host: str, token: str, folder: str, branch: str) -> str:
    """The commit that the folder shows afterwards. Raises LookupError where there is no such folder."""
    listed = call(host, token, "GET", f"/repos?path_prefix={urllib.parse.quote(folder, safe='')}")
    for repository in listed.get("repos", []):
        if repository["path"] == folder:
            updated = call(host, token, "PATCH", f"/repos/{repository['id']}", {"branch": branch})
            return str(updated["head_commit_id"])
    raise LookupError(f"no git folder {folder} that this identity may see; give it CAN_MANAGE on the folder")


if __name__ == "__main__":
    host, folder, branch = sys.argv[1:4]
    print(sync(host, os.environ["DATABRICKS_TOKEN"], folder, branch))

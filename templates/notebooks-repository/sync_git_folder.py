"""Bring Databricks git folders to the newest commit of a branch; the standard library is enough.

    sync_git_folder.py --host https://adb-1234567890123456.7.azuredatabricks.net --branch main FOLDER
    sync_git_folder.py --outputs outputs.json    # of the platform: pulumi stack output --json

The token is Databricks' own or one of Entra for the application AzureDatabricks, in DATABRICKS_TOKEN.
Folders belong to whoever made them: only the identity that deploys the platform may change production's.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class SyncError(Exception):
    """A folder that is not at the branch's newest commit, and why."""


def call(host: str, token: str, method: str, path: str, body: dict[str, str] | None = None) -> Any:
    """One request. Raises SyncError with what Databricks says."""
    address = host if "://" in host else f"https://{host}"
    request = urllib.request.Request(
        f"{address.rstrip('/')}/api/2.0{path}",
        method=method,
        data=json.dumps(body).encode() if body else None,
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise SyncError(f"{error.code} {error.read().decode(errors='replace')[:500]}") from error
    except urllib.error.URLError as error:
        raise SyncError(f"{address} does not answer: {error.reason}") from error


def sync(host: str, token: str, folder: str, branch: str | None) -> str:
    """What the folder shows afterwards. Without `branch`: the one that it is on; a tag is left alone."""
    # Listing folders leaves some out (docs.databricks.com api/repos list); every one has a status.
    path = urllib.parse.quote(folder, safe="")
    status = call(host, token, "GET", f"/workspace/get-status?path={path}")
    if status.get("object_type") != "REPO":
        raise SyncError(f"is a {status.get('object_type', 'thing')}, no git folder")
    address = f"/repos/{status['object_id']}"
    branch = branch or call(host, token, "GET", address).get("branch")
    if not branch:
        return "on a tag, which the platform's stack file moves"
    call(host, token, "PATCH", address, {"branch": branch})
    return f"{branch} at {call(host, token, 'GET', address).get('head_commit_id', 'no commit')}"


def main(arguments: list[str]) -> int:
    """0 when every folder is where it should be."""
    parser = argparse.ArgumentParser(description="Bring Databricks git folders to a branch's newest commit.")
    parser.add_argument("--host", help="the workspace's URL")
    parser.add_argument("--branch", help="left out: the one that the folder is on")
    parser.add_argument("--outputs", metavar="FILE", help="the platform's, for host and folders")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    chosen = parser.parse_args(arguments)
    host, folders = chosen.host, chosen.folders
    if chosen.outputs:
        with open(chosen.outputs, encoding="utf-8") as file:
            databricks = json.load(file).get("databricks") or {}
        host = host or databricks.get("workspace_url")
        folders = folders or list(databricks.get("git_folder_paths", {}).values())
    if not folders:
        return 0
    if not host:
        parser.error("give --host, or --outputs with databricks.workspace_url")
    failed = 0
    for folder in folders:
        try:
            print(f"{folder}: {sync(host, os.environ['DATABRICKS_TOKEN'], folder, chosen.branch)}")
        except SyncError as error:
            failed += 1
            print(f"{folder}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

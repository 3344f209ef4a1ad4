"""An `az` and a `gh`: what they made, in one JSON file that tests read and write.

Both are a script of bash that hands its words to a server in the test's own process: a bootstrap calls them some
hundred times, and Python takes ten times as long to start as bash.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

IDENTITY_NUMBERS = ("gate", "drift", "plan", "preview", "deploy")
SCRIPT = """#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/{port}
printf '%s\\0' $(($# + 2)) "${{0##*/}}" "$PPID" "$@" >&3
IFS= read -r -d '' code <&3
IFS= read -r -d '' out <&3
IFS= read -r -d '' error <&3
printf '%s' "$out"
printf '%s' "$error" >&2
exit "$code"
"""
"""The number of words, the program's name, its parent, its arguments; back come exit code, stdout and stderr. Each ends
with a NUL."""


@dataclass
class Ordered:
    """What a test orders. `refuses`: calls that match are refused as without the right; `stops_after`: the process that
    made the call is killed after that many changes."""

    refuses: str = ""
    stops_after: int = 0


class RefusedError(Exception):
    """The call ends with `code` and says `text` on stderr."""

    def __init__(self, text: str, code: int = 1) -> None:
        super().__init__(text)
        self.text, self.code = text, code


class Stub:
    """One call. `said` is what it prints. Each change is a line of the file `changes` beside `state`."""

    def __init__(self, state: Path, words: list[str], ordered: Ordered, caller: int) -> None:
        self.program, self.words = words[0], words[1:]
        self.path, self.ordered, self.caller = state, ordered, caller
        self.state: dict[str, Any] = json.loads(state.read_text())
        self.said = ""

    def call(self) -> str:
        """What it prints. Raises `RefusedError`."""
        if self.ordered.refuses and re.search(self.ordered.refuses, " ".join([self.program, *self.words])):
            raise RefusedError(
                "ERROR: (AuthorizationFailed) the client does not have authorization (HTTP 403)"
            )
        self.az() if self.program == "az" else self.gh()
        return self.said

    def option(self, *names: str) -> str:
        return next((self.words[self.words.index(name) + 1] for name in names if name in self.words), "")

    def changed(self) -> None:
        """Writes, and interrupts the caller where it is to be."""
        changes = self.path.parent / "changes"
        with changes.open("a") as file:
            file.write(json.dumps([self.program, *self.words]) + "\n")
        self.path.write_text(json.dumps(self.state, indent=1))
        if len(changes.read_text().splitlines()) == self.ordered.stops_after:
            os.kill(self.caller, signal.SIGKILL)

    def answer(self, value: object) -> None:
        self.said = json.dumps(value)

    # --- az

    def az(self) -> None:
        verb = next(i for i, word in enumerate(self.words) if word in VERBS)
        kind, action = " ".join(self.words[:verb]), self.words[verb]
        special: dict[str, Callable[[str], None]] = {
            "role assignment": self.assignment,
            "role definition": self.definition,
            "identity federated-credential": self.credential,
            "": lambda _: self.rest(),
        }
        if kind in special:
            special[kind](action)
            return
        self.resource(kind, action)

    def resource(self, kind: str, action: str) -> None:
        name = self.option("--name", "--account-name", "--workspace-name", "--ids")
        kept = self.state.setdefault(kind, {})
        parents = {"storage account": "group", "keyvault": "group", "identity": "group"}
        if kind == "storage account blob-service-properties" and name in self.state.get(
            "storage account", {}
        ):
            kept.setdefault(name, {"isVersioningEnabled": None, "deleteRetentionPolicy": {"enabled": False}})
        if action == "show":
            if name not in kept:
                raise RefusedError(f"ERROR: (ResourceNotFound) no {kind} {name}\n", 3)
            self.answer(kept[name])
        elif action == "delete":
            del kept[name]
            self.changed()
        else:
            group = self.option("--resource-group")
            if kind in parents and group not in self.state.get("group", {}):
                raise RefusedError(f"ResourceGroupNotFound: {group}")
            merge(kept.setdefault(name, {}), self.properties(kind, name))
            self.changed()

    def properties(self, kind: str, name: str) -> dict[str, Any]:
        if kind == "identity":
            number = next(i for i, purpose in enumerate(IDENTITY_NUMBERS) if f"-{purpose}-" in name) + 1
            return {
                "name": name,
                "principalId": f"e0000000-0000-4000-8000-00000000000{number}",
                "clientId": f"c0000000-0000-4000-8000-00000000000{number}",
                "credentials": [],
            }
        found: dict[str, Any] = {}
        for option, path in PROPERTIES.items():
            if option in self.words:
                text = self.option(option)
                value = {"true": True, "false": False}.get(text, int(text) if text.isdigit() else text)
                merge(found, nested(path, value))
        return found

    def credential(self, action: str) -> None:
        identity = self.state.get("identity", {})[self.option("--identity-name")]
        listed = identity["credentials"]
        if action == "list":
            self.answer(listed)
            return
        name = self.option("--name")
        listed[:] = [one for one in listed if one["name"] != name]
        if action != "delete":
            given = {key: self.option(f"--{key}") for key in ("issuer", "subject")}
            listed.append({"name": name, **given, "audiences": [self.option("--audiences")]})
        self.changed()

    def assignment(self, action: str) -> None:
        kept = self.state.setdefault("role assignment", [])
        if action == "list":
            self.answer([one for one in kept if self.assigned(one)])
            return
        if action == "delete":
            kept[:] = [one for one in kept if one["id"] != self.option("--ids")]
        else:
            role = self.option("--role")
            kept.append(
                {
                    "id": f"{self.option('--scope')}/assignments/{len(kept)}-{role}",
                    "principalId": self.option("--assignee-object-id"),
                    "roleDefinitionId": f"/subscriptions/S/providers/Microsoft.Authorization/roleDefinitions/{role}",
                    "roleDefinitionName": role,
                    "scope": self.option("--scope"),
                    "condition": self.option("--condition") or None,
                }
            )
        self.changed()

    def assigned(self, one: dict[str, Any]) -> bool:
        """In the subscription or above it; to a group of the principal where that is asked."""
        groups = self.state.get("groups", {}).get(self.option("--assignee"), [])
        whose = [self.option("--assignee"), *(groups if "--include-groups" in self.words else [])]
        elsewhere = one["scope"].startswith("/subscriptions/") and not one["scope"].startswith(
            f"/subscriptions/{self.option('--subscription')}"
        )
        return one["principalId"] in whose and not elsewhere

    def definition(self, action: str) -> None:
        kept = self.state.setdefault("role definition", {})
        if action == "list":
            name = self.option("--name")
            self.answer([kept[name]] if name in kept else [])
            return
        given = json.loads(self.option("--role-definition"))
        kept[given["Name"]] = {"roleName": given["Name"], "permissions": [{"actions": given["Actions"]}]}
        self.changed()

    def rest(self) -> None:
        url = self.option("--url")
        if "dev.azure.com" in url:
            self.devops(self.option("--method"), url)
            return
        key, kept = urlsplit(url).path, self.state.setdefault("resource", {})
        if self.option("--method") == "get":
            if key not in kept:
                raise RefusedError(f'ERROR: Not Found({{"error": {{"message": "no {key}"}}}})')
            self.answer(kept[key])
            return
        kept[key] = json.loads(self.option("--body"))
        self.changed()

    def devops(self, method: str, url: str) -> None:
        path = urlsplit(url).path.partition("/_apis/")[2]
        query = {key: value[0] for key, value in parse_qs(urlsplit(url).query).items()}
        kept = self.state.setdefault(path.split("/")[-1] if not path[-1].isdigit() else "configurations", [])
        if method == "get":
            name = next((query[key] for key in NAMED_BY if key in query), None)
            resource = (query.get("resourceType"), query.get("resourceId"))
            self.answer(
                {
                    "value": [
                        one
                        for one in kept
                        if (name and one["name"] == name)
                        or (resource[0] and (one["resource"]["type"], one["resource"]["id"]) == resource)
                    ]
                }
            )
            return
        number = int(path.rsplit("/", 1)[1]) if path[-1].isdigit() else None
        kept[:] = [one for one in kept if one["id"] != number]
        if method != "delete":
            kept.append({"id": number or 100 + len(kept), **json.loads(self.option("--body"))})
        self.changed()

    # --- gh

    def gh(self) -> None:
        method = self.option("--method") or "GET"
        path = unquote(next(word for word in self.words[1:] if "/" in word)).partition("?")[0]
        kept = self.state.setdefault("github", {})
        if method == "GET":
            found = {**kept, f"{path}": kept.get(path)}[path]
            if found is None:
                raise RefusedError("gh: Not Found (HTTP 404)\n")
            self.answer(found)
            return
        fields = [
            self.words[i + 1] for i, word in enumerate(self.words) if word in ("--field", "--raw-field")
        ]
        if method == "PUT":
            kept[path] = environment(fields)
            kept.setdefault(f"{path}/deployment-branch-policies", {"branch_policies": []})
        elif method == "POST":
            listed = kept[path]["branch_policies"]
            listed.append({"id": len(listed) + 1, "name": dict(one.split("=", 1) for one in fields)["name"]})
        elif method == "DELETE":
            policies = kept[path.rsplit("/", 1)[0]]["branch_policies"]
            policies[:] = [one for one in policies if str(one["id"]) != path.rsplit("/", 1)[1]]
        else:
            group = kept[path.rsplit("/", 1)[0]]["runner_groups"][0]
            workflows = [one.partition("=")[2] for one in fields if one.startswith("selected_workflows[]")]
            group |= {"restricted_to_workflows": True, "allows_public_repositories": False}
            group |= {"visibility": "selected", "selected_workflows": workflows}
        self.changed()


def environment(fields: list[str]) -> dict[str, Any]:
    """As GitHub shows what such fields made."""
    given = dict(one.split("=", 1) for one in fields if not one.startswith("reviewers[]"))
    kinds = [one.partition("=")[2] for one in fields if one.startswith("reviewers[][type]")]
    numbers = [one.partition("=")[2] for one in fields if one.startswith("reviewers[][id]")]
    rules: list[dict[str, Any]] = [{"type": "branch_policy"}]
    if given["wait_timer"] != "0":
        rules.append({"type": "wait_timer", "wait_timer": int(given["wait_timer"])})
    if kinds:
        reviewers = [
            {"type": kind, "reviewer": {"id": int(one)}} for kind, one in zip(kinds, numbers, strict=True)
        ]
        own = given["prevent_self_review"] == "true"
        rules.append({"type": "required_reviewers", "prevent_self_review": own, "reviewers": reviewers})
    return {
        "can_admins_bypass": given["can_admins_bypass"] == "true",
        "protection_rules": rules,
        "deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True},
    }


NAMED_BY = ("endpointNames", "name", "groupName", "queueName")
VERBS = ("show", "create", "update", "list", "delete", "rest")
PROPERTIES = {
    "--retention-time": ("retentionInDays",),
    "--min-tls-version": ("minimumTlsVersion",),
    "--https-only": ("enableHttpsTrafficOnly",),
    "--allow-blob-public-access": ("allowBlobPublicAccess",),
    "--allow-shared-key-access": ("allowSharedKeyAccess",),
    "--enable-versioning": ("isVersioningEnabled",),
    "--delete-retention-days": ("deleteRetentionPolicy", "days"),
    "--container-delete-retention-days": ("containerDeleteRetentionPolicy", "days"),
    "--enable-rbac-authorization": ("properties", "enableRbacAuthorization"),
    "--enable-purge-protection": ("properties", "enablePurgeProtection"),
}


def nested(path: tuple[str, ...], value: object) -> dict[str, Any]:
    return {path[0]: value if len(path) == 1 else nested(path[1:], value)}


def merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            merge(into[key], value)
        else:
            into[key] = value


@contextmanager
def serving(state: Path, ordered: Ordered) -> Iterator[int]:
    """The port on loopback at which both programs answer until the block ends."""
    one_at_a_time = threading.Lock()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            count = int(read_word(self.rfile))
            program, caller, *words = [read_word(self.rfile) for _ in range(count)]
            code, said, error = 0, "", ""
            with one_at_a_time:
                try:
                    said = Stub(state, [program, *words], ordered, int(caller)).call()
                except RefusedError as refused:
                    code, error = refused.code, refused.text
            self.wfile.write(f"{code}\0{said}\0{error}\0".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def read_word(stream: BufferedIOBase) -> str:
    """One text that ends with a NUL. Raises `EOFError` where the caller was gone before it."""
    read = bytearray()
    while (byte := stream.read(1)) != b"\0":
        if not byte:
            raise EOFError
        read += byte
    return read.decode()

"""Which version of a model serves now.

    python -m infra.promotion.served --model demand --endpoint endpoint.json --deployments deployments.json

The files are what `az ml online-endpoint show` and `az ml online-deployment list` print of prod's endpoint: what runs,
no matter who deployed it. Prints the version, or nothing where no traffic goes to a version of this model. A person
who had to type it could leave it out, and the gate would compare with nothing. Exit code 2: unreadable input.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from infra.promotion.evidence import UnreadableError, read_document


def served_version(model: str, endpoint: object, deployments: object) -> str | None:
    """The version with the most traffic; of equal shares the first by name. Raises TypeError for what is no endpoint
    and no list of deployments."""
    traffic = endpoint.get("traffic") if isinstance(endpoint, Mapping) else None
    if not isinstance(traffic, Mapping) or not isinstance(deployments, list):
        raise TypeError("give what az ml online-endpoint show and az ml online-deployment list print")
    shares: dict[str, int] = {}
    for deployment in deployments:
        if not isinstance(deployment, Mapping):
            raise TypeError("a deployment is a mapping, as az ml online-deployment list prints it")
        version = _version(model, deployment.get("model"))
        share = traffic.get(deployment.get("name"), 0)
        if version and isinstance(share, int) and share > 0:
            shares[version] = shares.get(version, 0) + share
    return max(sorted(shares), key=lambda version: shares[version]) if shares else None


def _version(model: str, reference: object) -> str | None:
    """Of a reference in any of its forms: in the workspace or a registry, as a path or with colons."""
    name = re.escape(model)
    match = re.search(rf"(?:/models/{name}/versions/|^azureml:{name}:)([^/:]+)$", str(reference))
    return match[1] if match else None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the version."""
    parser = argparse.ArgumentParser(prog="served", description="Which version of a model serves now?")
    parser.add_argument("--model", required=True)
    parser.add_argument("--endpoint", required=True, type=Path)
    parser.add_argument("--deployments", required=True, type=Path)
    options = parser.parse_args(arguments)
    try:
        endpoint, deployments = (read_document(path) for path in (options.endpoint, options.deployments))
        version = served_version(options.model, endpoint, deployments)
    except (UnreadableError, TypeError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(f"{version or ''}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

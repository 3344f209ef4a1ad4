"""The one line of a stack file that brings a promoted model to an endpoint.

    python -m infra.promotion.stack_line --stack prod --deployment demand/green --model azureml://registries/…

Changes `model` of a deployment that serves nobody yet; every other byte of the file stays. Its traffic is a decision
of its own (docs/decisions/0005-traffic-is-a-release.md). Exit code 0: changed; 1: it cannot be, with the reason and
what to write by hand; 2: unreadable file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from infra.settings.base import PROJECT
from pulumi_stack_files.errors import StackFileError
from pulumi_stack_files.stack_file import read_stack_file


class NoSuchLineError(ValueError):
    """There is no line to change; the text says why, and what would be right."""


def with_model(text: str, deployment: str, model: str) -> str:
    """The stack file's text, with another model under `ENDPOINT/DEPLOYMENT`. Raises NoSuchLineError, and
    yaml.YAMLError for a text that is none."""
    endpoint, _, name = deployment.partition("/")
    by_hand = f"write under serving.endpoints.{endpoint}.deployments.{name or 'NAME'}:  model: {model}"
    if not endpoint or not name:
        raise NoSuchLineError(
            f"'{deployment}' is no deployment; give ENDPOINT/DEPLOYMENT, such as demand/green"
        )
    found = _below(
        yaml.compose(text, Loader=yaml.SafeLoader), "config", f"{PROJECT}:serving", "endpoints", endpoint
    )
    if found is None:
        raise NoSuchLineError(f"the stack has no endpoint '{endpoint}'; {by_hand}")
    share = _below(found, "traffic", name)
    if isinstance(share, yaml.ScalarNode) and share.value != "0":
        raise NoSuchLineError(
            f"{deployment} serves {share.value}% of the requests; name a deployment that serves nobody, and move "
            "traffic to it afterwards"
        )
    target = _below(found, "deployments", name)
    line = _below(target, "model")
    if target is None or not isinstance(line, yaml.ScalarNode):
        raise NoSuchLineError(
            f"the stack does not declare the deployment {deployment} with a model of its own; {by_hand}"
        )
    start, end = line.start_mark.index, line.end_mark.index
    if not target.start_mark.index <= start < target.end_mark.index:
        raise NoSuchLineError(f"{deployment} has its model from another place in the file; {by_hand}")
    return f'{text[:start]}"{model}"{text[end:]}'


def _below(node: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """The node at the end of the path, or None."""
    for key in keys:
        if not isinstance(node, yaml.MappingNode):
            return None
        node = next((value for name, value in node.value if name.value == key), None)
    return node


def main(arguments: Sequence[str] | None = None) -> int:
    """Change the file in the current folder."""
    parser = argparse.ArgumentParser(prog="stack_line", description="Name another model in a stack file.")
    parser.add_argument("--stack", required=True)
    parser.add_argument("--deployment", required=True, help="ENDPOINT/DEPLOYMENT, such as demand/green")
    parser.add_argument(
        "--model", required=True, help="azureml://registries/REGISTRY/models/NAME/versions/VERSION"
    )
    options = parser.parse_args(arguments)
    path = Path(f"Pulumi.{options.stack}.yaml")
    try:
        # What settings refuse is refused here too, before PyYAML follows aliases and merge keys without end.
        read_stack_file(path, PROJECT)
        text = path.read_text(encoding="utf-8")
        changed = with_model(text, options.deployment, options.model)
    except NoSuchLineError as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 1
    except StackFileError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    path.write_text(changed, encoding="utf-8")
    sys.stdout.write(f"{path}: {options.deployment} is {options.model}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What an endpoint of the stack is called in Azure: names follow from settings, so nothing is searched for.

    python -m infra.promotion.endpoint --stack prod --deployment demand/green

Exit code 2: the stack has no such endpoint, or is refused.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.conventions.name_rules import ResourceKind
from infra.settings.load import SettingsError, load_from_stack_file
from infra.settings.messages import absent
from infra.settings.names import naming_of
from infra.settings.platform import PlatformSettings


def endpoint_name(settings: PlatformSettings, key: str) -> str:
    """Of the online endpoint with this key. Raises KeyError, with what would be right, where there is none."""
    endpoints = settings.serving.endpoints if settings.serving else {}
    if key not in endpoints:
        raise KeyError(absent(key, "serving.endpoints", endpoints))
    return naming_of(settings).name(
        ResourceKind.ML_ONLINE_ENDPOINT, key, generation=endpoints[key].generation
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the name."""
    parser = argparse.ArgumentParser(prog="endpoint", description="What is an endpoint called in Azure?")
    parser.add_argument("--stack", required=True)
    parser.add_argument(
        "--deployment", required=True, help="ENDPOINT/DEPLOYMENT, by the keys of the stack file"
    )
    options = parser.parse_args(arguments)
    try:
        settings = load_from_stack_file(Path(f"Pulumi.{options.stack}.yaml")).settings
        name = endpoint_name(settings, options.deployment.partition("/")[0])
    except (SettingsError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except KeyError as error:
        sys.stderr.write(f"{error.args[0]}\n")
        return 2
    sys.stdout.write(f"{name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Runs a program against a monitor, as `pulumi-language-python-exec` does; started as a process of its own."""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import runpy
import sys
import traceback

import pulumi.runtime

from rehearsal.program.type_aliases import leave_type_aliases


def main() -> int:
    """0 where the program came to its end."""
    gc.disable()  # three quarters of a platform's run (docs/surprises.md), and nothing here tests the collector
    leave_type_aliases()  # nor that
    parser = argparse.ArgumentParser()
    for name in ("monitor", "engine", "project", "stack", "dry-run", "program"):
        parser.add_argument(f"--{name}", required=True)
    chosen = parser.parse_args()
    pulumi.runtime.set_all_config(
        json.loads(os.environ["PULUMI_CONFIG"]), json.loads(os.environ["PULUMI_CONFIG_SECRET_KEYS"])
    )
    pulumi.runtime.configure(
        pulumi.runtime.Settings(
            monitor=chosen.monitor,
            engine=chosen.engine,
            project=chosen.project,
            stack=chosen.stack,
            parallel=16,
            dry_run=chosen.dry_run == "true",
            organization="organization",
            root_directory=os.getcwd(),
        )
    )

    def program() -> None:
        runpy.run_path(chosen.program, run_name="__main__")

    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.run_until_complete(pulumi.runtime.run_in_stack(program))
    except Exception:  # noqa: BLE001 - whatever the program raises ends it
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # threads of the SDK's callback server would keep the process

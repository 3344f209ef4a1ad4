"""Runs the engine's subcommands: `up`, `refresh`, `destroy`, and `preview --engine`."""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from rehearsal.engine.packs import ChosenPack
from rehearsal.engine.report import engine_json, render_engine
from rehearsal.engine.run import DEFAULT_TIMEOUT_SECONDS, EngineOptions, EngineRun, Operation, run_engine
from rehearsal.faults.plan import read_faults
from rehearsal.inventory import write_atomically
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode
from rehearsal.model.subscription import Subscription


def run_engine_command(chosen: argparse.Namespace, stack: str, subscription: Subscription) -> ExitCode:
    """Runs one operation on one stack and prints it."""
    try:
        options = EngineOptions(
            policy_packs=_chosen_packs(chosen),
            faults=read_faults(chosen.fault, chosen.seed),
            seed=chosen.seed,
            today=chosen.today,
            timeout=chosen.timeout or DEFAULT_TIMEOUT_SECONDS,
            subscription=subscription,
            identity=chosen.identity,
        )
        run = run_engine(chosen.project, stack, Operation(chosen.command), options)
        sys.stdout.write(render_engine(run))
        if chosen.json:
            path = Path(chosen.json.replace("{stack}", stack))
            try:
                write_atomically(path, engine_json(run))
            except OSError as error:
                raise RehearsalError(f"{path}: {error.strerror}") from error
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("interrupted; the engine was asked to stop, and its state is kept", file=sys.stderr)
        return ExitCode.FAILED
    return _exit_code(run)


def _chosen_packs(chosen: argparse.Namespace) -> tuple[ChosenPack, ...] | None:
    if chosen.no_policies:
        return ()
    pairs = itertools.zip_longest(chosen.policy_pack, chosen.policy_pack_config)
    named = tuple(
        ChosenPack(pack.resolve(), configuration and configuration.resolve()) for pack, configuration in pairs
    )
    return named or None


def _exit_code(run: EngineRun) -> ExitCode:
    """What the engine itself refuses (a protected resource) is no refusal of Azure. A program that refuses its settings
    fails like any other here: the engine does not tell the two apart."""
    if run.log.mandatory:
        return ExitCode.POLICY_VIOLATION
    if not run.error:
        return ExitCode.CLEAN
    return ExitCode.REFUSED if run.refused else ExitCode.FAILED

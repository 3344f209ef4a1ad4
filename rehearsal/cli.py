"""The command line: `python -m rehearsal preview`, `diff`, `upgrade`, `lifecycle`, `report`, `explain`, `export`,
`take-in`; and `up`, `refresh`, `destroy` by the engine."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn, Protocol

from rehearsal.engine.arguments import add_engine_arguments, is_engine_run
from rehearsal.formats import Format
from rehearsal.model.errors import RehearsalError
from rehearsal.model.exit_codes import ExitCode, gravest
from rehearsal.model.subscription import Subscription
from rehearsal.preview_stacks import preview_stacks
from rehearsal.program_arguments import add_program_arguments, chosen_stacks
from rehearsal.sections import Section
from rehearsal.stack_outputs_file import read_stack_outputs
from rehearsal.suppressions import DEFAULT_FILE
from rehearsal.terminal import printable_output
from rehearsal.version import NOT_INSTALLED, installed_version

_OTHER_COMMANDS: Mapping[str, str] = {
    "explain": "say what a rule holds, or walk a promise hop by hop",
    "export": "write what a stack would deploy for other tools to read",
    "diff": "show what a change would do",
    "upgrade": "show what this checkout would do to what an older one deployed",
    "lifecycle": "rehearse each act of a stack's life by its identity",
    "report": "write an inventory as a page",
    "attribute": "show what a scanner found in an export at the program's lines",
    "take-in": "heal the exported state of a killed deployment",
}
"""All but `preview`, which is the tool itself, and the engine's commands: each with its help."""


class _Command(Protocol):
    """The module of one of the other commands."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def main(self, chosen: argparse.Namespace) -> int: ...


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """argparse exits with 2, which here means bad settings."""
        self.print_usage(sys.stderr)
        self.exit(ExitCode.FAILED, f"{self.prog}: error: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # the tree's lines, on a terminal that knows no Unicode
    with printable_output():
        return _main(arguments)


def _main(arguments: Sequence[str] | None) -> int:
    asked = sys.argv[1:] if arguments is None else arguments
    parser = _arguments(asked)
    chosen = parser.parse_args(asked)
    if chosen.command in _OTHER_COMMANDS:
        return _other_command(chosen.command).main(chosen)
    try:
        subscription = _subscription(chosen.subscription)
        stacks = chosen_stacks(chosen)
        chosen.stack_outputs = read_stack_outputs(chosen.stack_outputs) if chosen.stack_outputs else {}
    except RehearsalError as error:
        print(error, file=sys.stderr)
        return ExitCode.FAILED
    _check_usage(parser, chosen, stacks)
    run = _engine if is_engine_run(chosen) else preview_stacks
    codes = run(chosen, stacks, subscription)
    return gravest(codes)


def _other_command(name: str) -> _Command:
    """Imported only where it is asked for: a preview needs none of them, and a small program would wait for them."""
    match name:
        case "attribute":
            from rehearsal.export.scan import command
        case "diff":
            from rehearsal.changes import command
        case "explain":
            from rehearsal.explain import command
        case "export":
            from rehearsal.export import command
        case "lifecycle":
            from rehearsal.lifecycle import command
        case "report":
            from rehearsal.page import command
        case "take-in":
            from rehearsal.engine import take_in as command
        case _:
            from rehearsal.changes import upgrade as command
    return command


def _subscription(path: Path | None) -> Subscription:
    if path is None:
        return Subscription()
    from rehearsal.subscription_file import read_subscription  # only here: it imports pydantic

    return read_subscription(path)


def _check_usage(parser: _Parser, chosen: argparse.Namespace, stacks: Sequence[str]) -> None:
    if len(chosen.policy_pack_config) > len(chosen.policy_pack):
        parser.error("--policy-pack-config has no --policy-pack that it belongs to")
    if chosen.no_policies and chosen.policy_pack:
        parser.error("--no-policies and --policy-pack exclude each other")
    for option, path in (("--json", chosen.json), ("--page", getattr(chosen, "page", None))):
        if path and len(stacks) > 1 and "{stack}" not in path:
            parser.error(
                f"{option} {path} would hold one of {len(stacks)} stacks; put {{stack}} into the name"
            )
    if getattr(chosen, "stack_file", None) and (len(stacks) > 1 or is_engine_run(chosen)):
        parser.error("--stack-file is of one stack, and not of --engine; name the stack with --stack")
    if chosen.identity and not is_engine_run(chosen):
        parser.error(
            "--as names who sends requests to the simulated cloud, which only --engine does; else: lifecycle"
        )
    if chosen.fault and not is_engine_run(chosen):
        parser.error("--fault strikes requests to the simulated cloud, which only --engine sends")


def _arguments(asked: Sequence[str]) -> _Parser:
    """Knows every command, and the options of those that `asked` names."""
    parser = _Parser(prog="rehearsal", description="Rehearse a Pulumi deployment offline.")
    parser.add_argument("--version", action="version", version=f"rehearsal {_version()}")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)

    def add_command(name: str, text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text)
        _add_common(command)
        return command

    preview = add_command("preview", "run the program offline and show what it would deploy")
    _add_sections(preview)
    preview.add_argument(
        "--format",
        choices=[str(each) for each in Format],
        default=str(Format.TEXT),
        help="what is printed: text, the same for programs (json), or the findings for code scanning (sarif) or a "
        "pipeline's tests (junit)",
    )
    preview.add_argument(
        "--suppressions",
        type=Path,
        metavar="FILE",
        help=f"findings that are accepted (default: {DEFAULT_FILE} beside Pulumi.yaml)",
    )
    preview.add_argument(
        "--azure-policies",
        metavar="FILE",
        help="what Azure Policy assigns to the subscription ({stack} is replaced; default: azure-policies.<stack>.json "
        "beside the stack's file)",
    )
    add_engine_arguments(add_command, preview)
    for name, text in _OTHER_COMMANDS.items():
        other = commands.add_parser(name, help=text)
        if name not in asked:
            continue
        _other_command(name).add_arguments(other)
    return parser


def _version() -> str:
    version = installed_version()
    return "from a checkout that is not installed" if version == NOT_INSTALLED else version


def _add_common(preview: argparse.ArgumentParser) -> None:
    add_program_arguments(preview)
    preview.add_argument("--json", metavar="FILE", help="write the inventory ({stack} is replaced)")
    preview.add_argument(
        "--policy-pack",
        action="append",
        type=Path,
        default=[],
        metavar="DIR",
        help="judge the stacks by this policy pack; repeatable",
    )
    preview.add_argument(
        "--policy-pack-config",
        action="append",
        type=Path,
        default=[],
        metavar="FILE",
        help="configuration (JSON) of the pack in the same place",
    )
    preview.add_argument(
        "--subscription",
        type=Path,
        metavar="FILE",
        help="what the subscription has (YAML): groups, providers, quotas, soft-deleted and taken names",
    )


def _add_sections(preview: argparse.ArgumentParser) -> None:
    group = preview.add_argument_group("what is shown beside the summary (not of --engine)")
    for section in Section:
        group.add_argument(
            f"--{section}", dest="sections", action="append_const", const=section, help=section.help
        )
    group.add_argument("--all", action="store_true", help="show all of these")
    group.add_argument(
        "--stack-file",
        type=Path,
        metavar="FILE",
        help="read the one stack's settings there and not in Pulumi.<stack>.yaml",
    )
    group.add_argument("--page", metavar="FILE", help="write a page, with any verdict ({stack} is replaced)")
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour the verdict (default: on a terminal, unless NO_COLOR is set)",
    )


def _engine(chosen: argparse.Namespace, stacks: Sequence[str], subscription: Subscription) -> list[ExitCode]:
    from rehearsal.engine.commands import run_engine_command  # only here: it imports for a second

    codes: list[ExitCode] = []
    for stack in stacks:
        if codes:
            print(flush=True)
        codes.append(run_engine_command(chosen, stack, subscription))
    return codes

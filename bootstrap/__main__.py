"""`bootstrap/bootstrap.sh --help`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bootstrap.access import show_identity
from bootstrap.commands import CannotError, Shell, text
from bootstrap.identities import identities
from bootstrap.names import CONTAINER, KEY, Names
from bootstrap.options import Options, parse
from bootstrap.pieces import pieces
from bootstrap.run import FAILED, RIGHT, Run


def main(arguments: Sequence[str]) -> int:
    """Looks, makes, repairs; says what the next steps need where everything is right."""
    options = parse(arguments)
    shell = Shell(_say)
    code = Run(pieces(options), shell, options.dry_run, options.repair, _say).go()
    if code != RIGHT:
        return code
    try:
        _next_steps(options, shell)
    except CannotError as error:
        _say(f"failed     the identities' numbers: {error}")
        return FAILED
    return RIGHT


def _next_steps(options: Options, shell: Shell) -> None:
    names = Names.of(options)
    account, vault = names.account, names.vault
    _say("")
    _say(f'state:            pulumi login "azblob://{CONTAINER}?storage_account={account}"')
    key = f"azurekeyvault://{vault}.vault.azure.net/keys/{KEY}"
    _say(f'secrets:          pulumi stack init {options.environment} --secrets-provider "{key}"')
    for identity in identities(options):
        found = show_identity(shell, names, identity.purpose)
        if identity.purpose == "deploy":
            ci = f"{{object_id: {text(found, 'principalId')}, principal_type: ServicePrincipal}}"
            _say(f"stack file:       mlplatform:access: personas: ci: {ci}")
        place = (
            f"environment {identity.place}"
            if options.repository
            else f"service connection {identity.connection}"
        )
        _say(f"client id:        {text(found, 'clientId')} for {place}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

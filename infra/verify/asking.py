"""A question to Azure in the name of who is signed in, and what is said where nothing can be asked."""

from __future__ import annotations

import sys
from collections.abc import Callable

from azure.identity import DefaultAzureCredential

from infra.live.errors import CannotLookError
from infra.live.exit_codes import ExitCode
from infra.live.remembered import RememberedTokens
from infra.live.session import Patience, Session
from infra.settings.environment import Azure
from infra.verify.sign_in import NothingToAskError


def asked(azure: Azure, patience: Patience, ask: Callable[[Session], ExitCode]) -> ExitCode:
    """What `ask` ends with; `UNASKED` where nobody is signed in or Azure gives no answer, which stderr says."""
    session = Session(RememberedTokens(DefaultAzureCredential()), azure.subscription_id, patience=patience)
    try:
        return ask(session)
    except NothingToAskError as error:
        sys.stderr.write(f"{error}\n    {error.to_do}\n")
    except CannotLookError as error:
        run = error.run.replace("TENANT", azure.tenant_id).replace("SUBSCRIPTION", azure.subscription_id)
        sys.stderr.write(f"{error}\n    run: {run}\n")
    return ExitCode.UNASKED

"""What works after `pulumi up`: the stack's promises, asked of the real platform from where this runs, as who runs it.

Changes nothing, unless told to `--run`. Needs credentials and the packages of `requirements-preflight.txt`.
"""

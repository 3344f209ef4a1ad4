"""What must be true of the real subscription before `pulumi up`; looks only, unless told to `--fix`.

Needs credentials and the packages of `requirements-preflight.txt`; nothing else of the project does.
"""

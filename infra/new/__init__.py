"""`python -m infra.new`: a new environment's stack file, from a few answers."""

"""`python -m infra.adoption`: what is left to do until the project is a team's own."""

"""`python -m diagnose` is the command `diagnose`."""

from diagnose.cli import main

main(prog_name="diagnose")

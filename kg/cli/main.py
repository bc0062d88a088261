"""The `kg` command: the composition root, imported by nobody.

Heavy packages are imported inside the commands, so that `kg --help` stays quick.
"""

import os
import sys

import typer

from kg.cli import asking, drawing, judging, looking, storing, taking_in, testing_out, weighing
from kg.errors import KgError, QueryError

__all__ = ["app", "main"]

app = typer.Typer(
    name="kg",
    help="The knowledge graph of the AI-geopolitics landscape: articles in, answers with their evidence out.",
    epilog="Exit codes: 0 done, 1 some articles skipped, 2 wrong usage, 3 stopped.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    add_completion=False,
)
for module in (taking_in, looking, asking, testing_out, weighing, drawing, storing, judging):
    module.add_to(app)


def main() -> None:
    """Run the command line; errors raised on purpose become one line and the documented exit code."""
    try:
        app()
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        sys.exit(2 if isinstance(error, QueryError) else 3)
    except BrokenPipeError:
        # The reader of a pipe has gone: nobody is left to tell. What is still buffered must not be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)

"""The `kg` command: the composition root, imported by nobody.

Heavy packages are imported inside the commands, so that `kg --help` stays quick.
"""

import os
import sys
from typing import NoReturn

import typer

from kg.cli import (
    asking,
    drawing,
    judging,
    looking,
    questions,
    reporting,
    storing,
    taking_in,
    testing_out,
    weighing,
)
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
for module in (taking_in, questions, looking, asking, testing_out, weighing, reporting, drawing, storing, judging):
    module.add_to(app)


# The base of usage errors; newer typers carry click under a name of their own.
_ClickException: type[Exception] = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")


def main() -> None:
    """Run the command line; what goes wrong on purpose becomes one line and the documented exit code."""
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code or 0)
    except KgError as error:
        _end(str(error), 2 if isinstance(error, QueryError) else 3)
    except BrokenPipeError:
        # The reader of a pipe has gone: nobody is left to tell. What is still buffered must not be flushed to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        # What the rooms do not turn into an error of ours is output that cannot be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _end(f"cannot write {error.filename or 'standard output'}: {error.strerror or error}", 3)
    except (typer.Abort, KeyboardInterrupt):
        _end("stopped", 3)
    except _ClickException as error:
        sys.exit(_usage_error(error))


def _usage_error(error: Exception) -> int:
    """Print wrong usage in one line; called without any command, the help."""
    message = error.format_message() if hasattr(error, "format_message") else str(error)
    if type(error).__name__ == "NoArgsIsHelpError":
        print(message)
        return 2
    context = getattr(error, "ctx", None)
    where = f" (try: {context.command_path} --help)" if context is not None else ""
    print(f"kg: {' '.join(message.replace('Value error, ', '').split())}{where}", file=sys.stderr)
    return 2


def _end(message: str, code: int) -> NoReturn:
    print(f"kg: {message}", file=sys.stderr)
    sys.exit(code)

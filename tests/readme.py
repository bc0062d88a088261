"""The README's transcripts: run, compared and, with `python -m tests.readme`, written anew.

A block of the kind `console` holds commands after `$ ` with their output; a line `...` in the output stands for
lines that are left out. A block of the kind `pycon` is a Python session. All run in the order of the README, in one
folder that holds the checkout's `corpus`: the first command makes the store that the others ask.
"""

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# Machine, moment and load: what no transcript can promise.
_TIME = re.compile(r"\b\d+\.\d s\b")


@dataclass(frozen=True)
class Step:
    """A command of a block and the output that the README shows."""

    command: str
    output: str


def blocks(kind: str, text: str | None = None) -> list[str]:
    """The bodies of all blocks of one kind."""
    return [body for found, body in _BLOCK.findall(text or README.read_text(encoding="utf-8")) if found == kind]


def steps(block: str) -> Iterator[Step]:
    """The commands of a console block. A command goes on over lines that end with a backslash."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        command = [lines.pop(0)]
        while command[-1].endswith("\\"):
            command.append(lines.pop(0))
        yield Step("\n".join(command), "\n".join(lines).rstrip())


def run(command: str, folder: Path) -> str:
    """What the command prints, standard output and error together, in a folder of the store."""
    words = shlex.split(command.replace("\\\n", " "))
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        words, cwd=folder, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.stdout.rstrip().replace(str(folder.resolve()), "~/aigeo-kg").replace(str(folder), "~/aigeo-kg")


def matches(shown: str, printed: str) -> bool:
    """Whether the shown output is the printed one, but for times and for what `...` leaves out."""
    parts = [re.escape(_TIME.sub("0.0 s", part)) for part in re.split(r"^\.\.\.$\n?", shown, flags=re.MULTILINE)]
    return re.fullmatch(r".*".join(parts), _TIME.sub("0.0 s", printed), re.DOTALL) is not None


def shortened(shown: str, printed: str) -> str:
    """The printed output, cut where the README cut it: as many lines before its `...`, as many after."""
    if "..." not in shown.splitlines():
        return printed
    old, new = shown.splitlines(), printed.splitlines()
    before = old.index("...")
    after = len(old) - 1 - before
    if len(new) <= before + after:
        return printed
    return "\n".join([*new[:before], "...", *(new[-after:] if after else [])])


def session(block: str) -> str:
    """What goes wrong when the Python session runs in the working folder; empty where nothing does."""
    test = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    found = io.StringIO()
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=found.write)
    return found.getvalue()


def prepare(folder: Path) -> None:
    """Make the folder what the README assumes: it holds the sample corpus."""
    (folder / "corpus").symlink_to(ROOT / "corpus")


def main() -> None:
    """Write the README's outputs anew."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        folder = Path(name)
        prepare(folder)
        for block in blocks("console", text):
            new = []
            for step in steps(block):
                output = shortened(step.output, run(step.command, folder))
                new.append(f"$ {step.command}\n{output}".rstrip())
            text = text.replace(block, "\n\n".join(new) + "\n")
        for block in blocks("pycon", text):
            print(session(block) or "the Python session is as shown")
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

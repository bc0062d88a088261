"""What a user names, as sources: files, folders, globs, web addresses and standard input."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO

from ingest.clean import printable
from ingest.fetch import Fetcher
from ingest.readers.formats import SUFFIXES, is_web_address, known_suffixes
from kg.errors import ArticleError, QueryError, ReadError
from kg.types import Source

__all__ = ["LARGEST_FILE", "expand"]

LARGEST_FILE = 50_000_000  # bytes


def expand(
    arguments: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    fetch: Callable[[str], Source] | None = None,
) -> Iterator[Source | ArticleError]:
    """The sources that `arguments` name, each read when it is asked for, each file once.

    Folders are walked in sorted order; hidden files are passed over, and a file whose suffix is of no known format
    gives an error in its place. A file that is named itself is read whatever its suffix.

    Parameters
    ----------
    arguments : sequence of str
        Paths, globs (`**` crosses folders), http and https addresses, `-` for standard input.
    stdin : binary file, optional
        What `-` stands for; the process's own when left out.
    fetch : callable, optional
        Gets a web address; within the limits of `ingest.fetch` when left out.

    Raises
    ------
    QueryError
        At once, before anything is read: an argument names nothing.
    """
    if not arguments:
        raise QueryError("no source is named: give files, folders, globs, web addresses, or - for standard input")
    named = [(argument, _paths(argument)) for argument in arguments]
    return _read_all(named, stdin, fetch or Fetcher().fetch)


def _paths(argument: str) -> list[Path] | None:
    """The files and folders that an argument names; None for a web address and standard input."""
    if argument == "-" or is_web_address(argument):
        return None
    if "://" in argument:
        raise QueryError(f"{argument!r} cannot be fetched: only http and https addresses can; save it as a file")
    try:
        if os.path.lexists(argument):
            return [Path(argument)]
        found = sorted(glob(argument, recursive=True)) if has_magic(argument) else []
    except ValueError as error:
        raise QueryError(f"{argument!r} is no path ({error})") from error
    if found:
        return [Path(path) for path in found]
    if has_magic(argument):
        raise QueryError(f"no file matches {argument!r}: check the pattern, and quote it for `**`")
    raise QueryError(f"there is no file or folder {argument!r} in {_address('.')}: check the path")


def _read_all(
    named: list[tuple[str, list[Path] | None]], stdin: BinaryIO | None, fetch: Callable[[str], Source]
) -> Iterator[Source | ArticleError]:
    seen: set[str] = set()
    for argument, paths in named:
        if paths is not None:
            for path in paths:
                yield from _read_path(path, seen)
        elif argument not in seen:
            seen.add(argument)
            yield _read_stdin(stdin or sys.stdin.buffer) if argument == "-" else _fetched(argument, fetch)


def _read_path(path: Path, seen: set[str]) -> Iterator[Source | ArticleError]:
    if not path.is_dir():
        yield from _read_once(path, seen)
        return
    for item in _walk(path):
        if isinstance(item, ArticleError):
            yield item
        elif item.suffix.lower() in SUFFIXES:
            yield from _read_once(item, seen)
        else:
            what = f"suffix {_escaped(item.suffix)} is" if item.suffix else "a name without suffix is"
            reason = f"{what} of no known format ({known_suffixes()}): name the file itself to read it"
            yield ReadError(reason, article=_address(item))


def _walk(folder: Path) -> Iterator[Path | ArticleError]:
    unreadable: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))
    for error in unreadable:
        yield ReadError(f"cannot be opened ({error.strerror})", article=_address(error.filename))


def _read_once(path: Path, seen: set[str]) -> Iterator[Source | ArticleError]:
    real = os.path.realpath(path)
    if real not in seen:
        seen.add(real)
        yield _read_file(path)


def _read_file(path: Path) -> Source | ArticleError:
    address = _address(path)
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            return _too_large(address, f"has {size / 10**6:,.0f} MB")
        # A pipe has no size beforehand.
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return ReadError(f"cannot be read ({error.strerror or error}): check the file", article=address)
    return _checked(address, data)


def _address(path: str | Path) -> str:
    return _escaped(os.path.abspath(path))


def _escaped(name: str) -> str:
    """File names are bytes: those that are not UTF-8, or would break a line, are escaped."""
    return printable(os.fsencode(name).decode("utf-8", "backslashreplace"))


def _read_stdin(stdin: BinaryIO) -> Source | ArticleError:
    try:
        return _checked("-", stdin.read(LARGEST_FILE + 1))
    except OSError as error:
        return ReadError(f"standard input cannot be read ({error.strerror or error})", article="-")


def _checked(address: str, data: bytes) -> Source | ArticleError:
    return _too_large(address, "is larger") if len(data) > LARGEST_FILE else Source(address, data)


def _too_large(address: str, size: str) -> ReadError:
    return ReadError(f"{size}, and at most {LARGEST_FILE // 10**6} MB are read: split it", article=address)


def _fetched(address: str, fetch: Callable[[str], Source]) -> Source | ArticleError:
    try:
        return fetch(address)
    except ArticleError as error:
        return error

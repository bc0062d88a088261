import io
import os
import sys
import threading
from pathlib import Path

import pytest

from ingest.sources import LARGEST_FILE, expand
from kg.errors import ArticleError, FetchError, QueryError, ReadError
from kg.types import Source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.txt", "sub/c.md", ".hidden.md", ".git/d.md", "sub/e.png", "Makefile"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(items: list[Source | ArticleError]) -> list[str]:
    return [item.data.decode() if isinstance(item, Source) else item.reason for item in items]


def test_folder_is_walked_in_order_without_hidden_files(folder: Path) -> None:
    items = list(expand([str(folder)]))
    assert [item.data.decode() for item in items if isinstance(item, Source)] == ["a.txt", "b.md", "sub/c.md"]
    errors = [item for item in items if isinstance(item, ReadError)]
    assert [error.article for error in errors] == [str(folder / "Makefile"), str(folder / "sub/e.png")]
    assert "without suffix" in errors[0].reason
    assert ".png is of no known format" in errors[1].reason


def test_addresses_are_absolute(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    [source] = expand(["sub/../b.md"])
    assert isinstance(source, Source)
    assert source.address == str(folder / "b.md")


def test_each_file_comes_once_and_a_named_file_whatever_its_suffix(folder: Path) -> None:
    os.symlink(folder / "a.txt", folder / "again.txt")
    found = expand([str(folder / "Makefile"), str(folder / "*.txt"), str(folder / "a.txt"), str(folder / "**/*.md")])
    assert names(list(found)) == ["Makefile", "a.txt", "b.md", "sub/c.md"]


def test_name_with_glob_signs_is_a_name_where_it_exists(tmp_path: Path) -> None:
    path = tmp_path / "a[1].md"
    path.write_text("words")
    assert names(list(expand([str(path)]))) == ["words"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")
def test_names_that_cannot_be_shown_are_escaped(tmp_path: Path) -> None:
    for name in (b"b\xffd.txt", b"c\n\x1b[31m\xe2\x80\xae.txt", b"d.\xff\n", "é.txt".encode()):
        Path(tmp_path, os.fsdecode(name)).write_bytes(b"words")
    items = list(expand([str(tmp_path)]))
    addresses = [item.address if isinstance(item, Source) else str(item) for item in items]
    escaped = ["b\\xffd.txt", "c\\n\\x1b[31m\\u202e.txt", "d.\\xff\\n: suffix .\\xff\\n is", "é.txt"]
    assert all(a.startswith(f"{tmp_path}/{e}") for a, e in zip(sorted(addresses), escaped, strict=True)), addresses
    assert all(address.isprintable() for address in addresses)


def test_files_are_read_when_asked_for(folder: Path) -> None:
    items = expand([str(folder / "a.txt"), str(folder / "b.md")])
    assert names([next(items)]) == ["a.txt"]
    (folder / "b.md").unlink()
    assert "No such file" in names(list(items))[0]


@pytest.mark.parametrize(
    "argument, words",
    [
        ("missing.md", "'missing.md'"),
        ("*.nothing", "no file matches '*.nothing'"),
        ("ftp://example.org/a", "only http and https"),
        ("a\0b", "'a\\x00b'"),
    ],
)
def test_what_names_nothing_is_refused_before_anything_is_read(folder: Path, argument: str, words: str) -> None:
    with pytest.raises(QueryError) as caught:
        expand([str(folder), argument])
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_argument_is_refused() -> None:
    with pytest.raises(QueryError):
        expand([])


def test_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1_000_000)
    [error] = expand([str(path)])
    assert isinstance(error, ReadError)
    assert error.reason == "has 51 MB, and at most 50 MB are read: split it"


def test_standard_input_is_read_once_within_the_limit() -> None:
    [source] = expand(["-", "-"], stdin=io.BytesIO(b"words"))
    assert source == Source("-", b"words")
    [error] = expand(["-"], stdin=io.BytesIO(bytes(LARGEST_FILE + 1)))
    assert isinstance(error, ReadError)
    assert "at most 50 MB" in error.reason


def test_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"words",))
    writer.start()
    assert names(list(expand([str(path)]))) == ["words"]
    writer.join()


def test_web_addresses_are_fetched_and_failures_given_in_their_place() -> None:
    def fetch(url: str) -> Source:
        if url.endswith("b"):
            raise FetchError("answers 404", article=url)
        return Source(url, b"words", "text/html")

    first, second = expand(["https://example.org/a", "HTTP://example.org/b"], fetch=fetch)
    assert first == Source("https://example.org/a", b"words", "text/html")
    assert isinstance(second, FetchError)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_file_is_named(folder: Path) -> None:
    (folder / "a.txt").chmod(0)
    [error] = expand([str(folder / "a.txt")])
    assert isinstance(error, ReadError)
    assert "Permission denied" in error.reason

"""What is installed is what the checkout holds."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
ROOMS = ("kg", "ingest", "queries")


@pytest.mark.parametrize("room", ROOMS)
def test_every_package_is_named(room: str) -> None:
    folders = {path.parent for path in (ROOT / room).rglob("__init__.py")}
    assert {str(folder.relative_to(ROOT)).replace("/", ".") for folder in folders} <= set(SETTINGS["packages"])


@pytest.mark.parametrize("room", ROOMS)
def test_every_data_file_is_installed(room: str) -> None:
    files = [path for path in (ROOT / room).rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")]
    patterns = SETTINGS["package-data"][room]
    missing = [str(path) for path in files if not any(fnmatch(str(path.relative_to(ROOT / room)), p) for p in patterns)]
    assert not missing


def test_the_sample_corpus_is_installed() -> None:
    assert {"corpus", "corpus.articles", "corpus.seeds"} <= set(SETTINGS["packages"])

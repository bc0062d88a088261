"""The commands that hand something over, and parameters of named queries, on a small store."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kg.cli import reporting, storing
from kg.errors import QueryError
from kg.store import Store
from tests.queries.world import fill


@pytest.fixture(scope="module")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "kg-store"
    with Store(path) as store:
        fill(store)
    return path


def kg(store: Path, *words: str | Path) -> str:
    """What a command prints; an error raised on purpose is raised anew."""
    app = typer.Typer()
    for module in (reporting, storing):
        module.add_to(app)
    outcome = CliRunner().invoke(app, [*map(str, words), "--store", str(store)])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output
    return outcome.stdout


def test_compare(small_store: Path) -> None:
    assert kg(small_store, "compare", "France", "UK").startswith("France and United Kingdom side by side\n")
    assert kg(small_store, "compare", "France", "UK", "--format", "html").startswith("<!doctype html>")


@pytest.mark.parametrize(("suffix", "start"), [("html", b"<!doctype html>"), ("md", b"# Nvidia"), ("pdf", b"%PDF")])
def test_brief_in_every_format(small_store: Path, tmp_path: Path, suffix: str, start: bytes) -> None:
    file = tmp_path / f"brief.{suffix}"
    assert kg(small_store, "brief", "Nvidia", "-o", file) == f"wrote {file}\n"
    assert file.read_bytes().startswith(start)


def test_brief_on_standard_output(small_store: Path) -> None:
    assert kg(small_store, "brief", "Nvidia").startswith("# Nvidia\n")


def test_brief_in_no_known_format(small_store: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"a dossier is written as \.html, \.md or \.pdf, not as 'brief\.docx'"):
        kg(small_store, "brief", "Nvidia", "-o", "brief.docx")


def test_parameters_of_a_named_query(small_store: Path) -> None:
    words = ("sparql", "suppliers", "--param", "buyer=NVDA", "-p", "since=2025", "--format", "csv")
    assert kg(small_store, *words).splitlines() == ["supplier,buyer,goods,status,articles", "TSMC,Nvidia,GPU,actual,1"]
    with pytest.raises(QueryError, match=r"--param takes NAME=VALUE, e\.g\. buyer=Humain, not 'Nvidia'"):
        kg(small_store, "sparql", "suppliers", "--param", "Nvidia")


def test_named_queries_are_listed_and_shown(small_store: Path) -> None:
    listed = kg(small_store, "sparql", "--list")
    assert "users-of               Who uses, requires, depends on or is supplied with" in listed
    assert "resource, [since], [until]" in listed
    assert kg(small_store, "sparql", "users-of", "--list").startswith("# Who uses")

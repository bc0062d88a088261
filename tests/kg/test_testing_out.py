"""The commands chokepoints and whatif."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kg.cli import testing_out
from kg.errors import QueryError
from kg.store import Store
from tests.queries.supply_world import fill


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    testing_out.add_to(app)
    return app


@pytest.fixture
def store(tmp_path: Path) -> str:
    with Store(tmp_path / "store") as store:
        fill(store)
    return str(tmp_path / "store")


def run(app: typer.Typer, *arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    if isinstance(result.exception, QueryError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_chokepoints(app: typer.Typer, store: str) -> None:
    found = json.loads(run(app, "chokepoints", "--store", store, "--class", "firm", "--format", "json"))
    assert found["rows"][0]["chokepoint"] == "ASML"


def test_whatif(app: typer.Typer, store: str) -> None:
    arguments = ("whatif", "--store", store, "--format", "json")
    found = json.loads(run(app, *arguments, "--remove", "TSMC", "--remove", "Samsung"))
    assert {"entity": "GPU", "outcome": "falls", "step": 2}.items() <= next(
        row for row in found["rows"] if row["entity"] == "GPU"
    ).items()
    cut = json.loads(run(app, *arguments, "--restrict", "United States", "France"))
    assert [row["entity"] for row in cut["rows"]] == ["Lutece"]


@pytest.mark.parametrize("name, images", [("cascade.svg", 1), ("cascade.html", 1)])
def test_the_cascade_is_drawn(app: typer.Typer, store: str, tmp_path: Path, name: str, images: int) -> None:
    run(app, "whatif", "--store", store, "--remove", "ASML", "--picture", str(tmp_path / name))
    assert (tmp_path / name).read_text().count("<svg") == images


def test_two_scenarios_on_one_page(app: typer.Typer, store: str, tmp_path: Path) -> None:
    page = tmp_path / "both.html"
    out = run(app, "whatif", "--store", store, "--remove", "ASML", "--compare", "TSMC", "-o", str(page))
    assert "untouched" in out
    assert page.read_text().count("<svg") == 2


@pytest.mark.parametrize(
    "arguments, message",
    [
        ((), "nothing is taken away"),
        (("--remove", "ASML", "-o", "x.png"), "drawn as .svg or .html"),
        (("--remove", "ASML", "--compare", "TSMC", "-o", "x.svg"), "x.html"),
        (("--remove", "ASML", "--compare", "ASML"), "the same"),
        (("--remove", "ASML", "--since", "2027"), "nothing left"),
        (("--remove", "ASMK"), "nearest: ASML"),
    ],
)
def test_what_cannot_be_asked(app: typer.Typer, store: str, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(app, "whatif", "--store", store, "--no-curated", *arguments)

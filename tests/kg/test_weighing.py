"""The commands of `kg.cli.weighing`, on a store on disk."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from kg.cli import weighing
from kg.errors import QueryError
from tests.queries.small import small_store
from tests.queries.test_sovereignty import ENTITIES, FACTS, PROPERTIES, TOLD

APP = typer.Typer()
weighing.add_to(APP)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("weighing") / "store"
    with small_store(ENTITIES, FACTS, TOLD, properties=PROPERTIES, path=path):
        return path


def run(store: Path, *words: str) -> str:
    done = CliRunner().invoke(APP, [words[0], "--store", str(store), *words[1:]])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.stdout


def test_sovereignty_as_table_chart_and_page(store: Path, tmp_path: Path) -> None:
    chart, page = tmp_path / "radar.svg", tmp_path / "page.html"
    out = run(store, "sovereignty", "ada", "dun", "--compare", "--chart", str(chart), "-o", str(page))
    assert "0% (6 of 8 layers)" in out
    assert chart.read_text().startswith("<svg")
    assert "<details>" in page.read_text()


def test_sovereignty_takes_allies_weights_and_plans(store: Path) -> None:
    found = json.loads(run(store, "sovereignty", "ada", "--ally", "club", "--weight", "cloud=5", "--format", "json"))
    figures = {row["figure"]: row["domestic or allied"] for row in found["rows"]}
    assert figures["layer: fabrication"] == 1.0
    planned = json.loads(run(store, "sovereignty", "ada", "--planned", "--format", "json"))
    assert planned["rows"][0]["known"] == "1 of 8 layers"
    assert "Sovereignty by country" in run(store, "sovereignty")


def test_other_commands_answer(store: Path) -> None:
    assert "Timeline of lab" in run(store, "timeline", "lab")
    assert "Where the sources disagree" in run(store, "disagreements", "--days", "30")
    assert "How well what is claimed of lab is corroborated" in run(store, "corroboration", "lab", "--class", "firm")
    assert "modularity" in run(store, "blocs", "--seed", "3")
    assert "Bridges between blocs" in run(store, "blocs", "--bridges", "--class", "country")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("sovereignty", "--chart", "a.svg"), "a chart or page compares countries; name one or more"),
        (("sovereignty", "ada", "--chart", "a.gif"), "a chart is a .svg or .png file, not 'a.gif'"),
        (("sovereignty", "ada", "-o", "a.pdf"), "a page is an .html file, not 'a.pdf'"),
        (("sovereignty", "ada", "--weight", "cloud"), "a weight is written LAYER=NUMBER"),
        (("sovereignty", "ada", "--compare"), "two countries or more"),
        (("sovereignty", "lab"), "sovereignty is of a country; lab is a firm"),
        (("timeline", "labb"), "nothing in the graph is called 'labb'; nearest: lab"),
        (("blocs", "--resolution", "0"), "a resolution lies above 0"),
    ],
)
def test_wrong_usage_is_one_line(store: Path, words: tuple[str, ...], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(store, *words)

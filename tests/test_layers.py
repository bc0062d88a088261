"""Imports point one way: kg <- ingest | queries <- kg.cli."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FORBIDDEN = {"kg": {"ingest", "queries"}, "ingest": {"queries"}, "queries": {"ingest"}}
# Each heavy package has one home.
HOMES = {"spacy": {"ingest"}, "networkx": {"queries"}, "igraph": {"queries"}, "pyvis": {"queries"}, "typer": {"kg"}}
FILES = [path for room in FORBIDDEN for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    names = set(imported(path))
    roots = {name.split(".")[0] for name in names}
    if ROOT / "kg/cli" not in path.parents:
        assert not roots & FORBIDDEN[room]
        assert not any(name.startswith("kg.cli") for name in names)
    for package, homes in HOMES.items():
        assert package not in roots or room in homes, f"{package} belongs in {homes}"

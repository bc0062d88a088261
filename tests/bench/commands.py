"""Wall time of whole commands on the sample store, beside a Python that starts and ends."""

import subprocess
import sys
import tempfile
from pathlib import Path

from ingest.run import ingest
from ingest.sources import expand
from kg.store import Store
from tests.bench.ingestion import ARTICLES
from tests.bench.timing import in_turn

KG = str(Path(sys.executable).with_name("kg"))
COMMANDS = [
    ["--help"],
    ["status"],
    ["dependencies", "TSMC", "--direction", "on", "--depth", "2"],
    ["alliances", "European Union"],
    ["centrality", "--measure", "betweenness"],
    ["show", "Nvidia"],
    ["claims", "--about", "China", "--limit", "100"],
    ["path", "Humain", "Taiwan"],
    ["sparql", "SELECT ?o { entity:nvidia kg:supplies ?o }"],
]


def main(size: float) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "kg-store"
        with Store(path) as store:
            ingest(expand([str(ARTICLES)]), store)

        def process(*words: str) -> None:
            subprocess.run(words, check=True, capture_output=True)

        print(f"{'':52} {'wall, s':>8} {'python -c pass, s':>18} {'ratio':>6}")
        for command in COMMANDS:
            words = [KG, *command, *(["--store", str(path)] if command != ["--help"] else [])]
            mine, peer = in_turn([lambda words=words: process(*words), lambda: process(sys.executable, "-c", "pass")])  # type: ignore[misc]
            print(f"kg {' '.join(command):49} {mine:8.2f} {peer:18.2f} {mine / peer:6.1f}")

"""`python -m tests.bench [NAME...]`: ingestion, commands, store, graph; all of them where none is named.

Every figure is a median of several runs on this machine as it is now. Where there is a peer, both were timed in turn
and the ratio is what counts: the machine may be busy.
"""

import argparse

from tests.bench import commands, graph, ingestion, store

BENCHES = {"ingestion": ingestion.main, "commands": commands.main, "store": store.main, "graph": graph.main}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(BENCHES)}")
    parser.add_argument(
        "--size", type=float, default=1.0, help="scale of the synthetic data; 1 is what the README quotes"
    )
    options = parser.parse_args()
    unknown = set(options.names) - set(BENCHES)
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}; there are: {', '.join(BENCHES)}")
    for name in options.names or BENCHES:
        print(f"\n## {name}", flush=True)
        BENCHES[name](options.size)


if __name__ == "__main__":
    main()

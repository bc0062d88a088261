"""Articles a minute from files to a store on disk, with the share of each stage and the memory of all processes."""

import os
import random
import tempfile
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from ingest.extract.registry import ExtractorSpec, build_extractor
from ingest.run import Options, ingest
from ingest.sources import expand
from ingest.work import extract_graphs, read_articles
from kg.rdf import article_quads
from kg.store import Store

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
WORDS = 500


def synthetic(folder: Path, count: int) -> None:
    """`count` articles of about 500 words, each made of paragraphs of the sample articles."""
    paragraphs = [
        paragraph
        for path in sorted(ARTICLES.glob("*.md"))
        for paragraph in path.read_text(encoding="utf-8").split("---", 2)[2].split("\n\n")
        if len(paragraph.split()) > 20
    ]
    random_ = random.Random(1)
    for number in range(count):
        text: list[str] = []
        while sum(len(p.split()) for p in text) < WORDS:
            text.append(random_.choice(paragraphs))
        (folder / f"{number:05d}.md").write_text(
            f"---\ntitle: Article {number}\n---\n\n" + "\n\n".join(text), encoding="utf-8"
        )


def peak_mb(before: float) -> float:
    """Largest memory of this process and its children so far, in MB."""
    import resource

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + child * (os.cpu_count() or 1)) / 1024 - before


def main(size: float) -> None:
    count = max(8, int(400 * size))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        synthetic(folder / "articles", count)
        with Store(folder / "store") as store:
            began = perf_counter()
            report = ingest(expand([str(folder / "articles")]), store, Options())
            seconds = perf_counter() - began
        print(
            f"{count} articles of {WORDS} words: {seconds:.1f} s on {os.cpu_count()} cores, "
            f"{60 * count / seconds:.0f} articles a minute, {report.claims} claims, "
            f"memory of all processes at most {peak_mb(0):.0f} MB"
        )
        stages = shares(folder, min(count, 100))
        total = sum(stages.values())
        print("share of time: " + ", ".join(f"{stage} {100 * spent / total:.0f} %" for stage, spent in stages.items()))


def shares(folder: Path, count: int) -> dict[str, float]:
    """Seconds of one process by stage over `count` of the articles."""
    spec = ExtractorSpec()
    extractor = build_extractor(spec)
    stages = dict.fromkeys(("reading", "NLP and linking", "records", "storing"), 0.0)
    with Store(folder / "shares") as store:
        for path in sorted((folder / "articles").glob("*.md"))[:count]:
            times = [perf_counter()]
            articles = [a for source in expand([str(path)]) for a in read_articles(source, False)]  # type: ignore[arg-type]
            times.append(perf_counter())
            list(extractor.extract(a.text for a in articles))  # type: ignore[union-attr]
            times.append(perf_counter())
            graphs = extract_graphs(articles, spec)  # type: ignore[arg-type]
            times.append(perf_counter())
            for graph in graphs:
                store.replace_graph(graph.article.iri, article_quads(graph))  # type: ignore[union-attr]
            times.append(perf_counter())
            spans = [b - a for a, b in pairwise(times)]
            # Making records extracts once more: what extraction alone took is taken off.
            spans[2] = max(0.0, spans[2] - spans[1])
            for stage, span in zip(stages, spans, strict=True):
                stages[stage] += span
    return stages

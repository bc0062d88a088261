"""Commands that take articles in: ingest, extract, forget, evaluate."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import StoreOption, open_store
from kg.errors import ArticleError, QueryError, ReadError
from kg.store import Store

if TYPE_CHECKING:
    from ingest.run import Report

__all__ = ["add_to"]

Extractor = Annotated[
    str,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="patterns; learned or both, once a model is trained; or your own, package.module:factory.",
    ),
]
AnyLanguage = Annotated[bool, typer.Option("--any-language", help="Read texts that are not in English too.")]
Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes that extract; default: all cores. The result is the same."),
]


class ExtractFormat(StrEnum):
    """How extractions are printed."""

    JSONL = "jsonl"
    TABLE = "table"


class ReportFormat(StrEnum):
    """How the report of a run is printed."""

    TABLE = "table"
    JSON = "json"


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command("ingest")(ingest)
    app.command("extract")(extract)
    app.command("forget")(forget)
    app.command("evaluate")(evaluate)


def ingest(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, globs, URLs, or - for standard input.")
    ],
    store: StoreOption = None,
    extractor: Extractor = "patterns",
    workers: Workers = None,
    any_language: AnyLanguage = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and extract, but store nothing.")] = False,
    format: Annotated[ReportFormat, typer.Option(help="How the report is printed.")] = ReportFormat.TABLE,
) -> None:
    """Read articles into the store.

    Takes plain text, Markdown with front matter, HTML, PDF, DOCX, RSS and Atom feeds, e-mail (.eml) and JSONL.
    An article that has not changed is left alone; one that has retires only its own claims.
    """
    from ingest.extract.registry import ExtractorSpec
    from ingest.run import Options
    from ingest.run import ingest as run
    from ingest.sources import expand
    from ingest.work import extractor_for
    from kg.config import store_path

    options = Options(
        ExtractorSpec(extractor), workers=workers or os.cpu_count() or 1, any_language=any_language, dry_run=dry_run
    )
    # Before the store is made: a wrong name leaves nothing behind.
    extractor_for(options.extractor)
    found = expand(sources, stdin=sys.stdin.buffer)
    with _progress() as on_progress:
        if dry_run and not store_path(store).exists():
            report = run(found, Store(), options, on_progress=on_progress)
        else:
            with open_store(store, write=not dry_run) as opened:
                report = run(found, opened, options, on_progress=on_progress)
    print_report(report, format, dry_run=dry_run)
    if report.stopped:
        print("kg: stopped; what is counted above is stored whole, and running again goes on", file=sys.stderr)
        raise typer.Exit(3)
    if report.skipped:
        raise typer.Exit(1)


def print_report(report: "Report", format: ReportFormat = ReportFormat.TABLE, *, dry_run: bool = False) -> None:
    """The report of a run on standard output, what was skipped on standard error."""
    from dataclasses import asdict

    if format is ReportFormat.JSON:
        print(json.dumps(asdict(report), indent=2, ensure_ascii=False))
        return
    verb = "would store" if dry_run else "stored"
    print(
        f"{report.read} articles read: {report.new} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.repeated} repeated, {len(report.skipped)} skipped"
    )
    print(f"{verb} {report.claims} claims about {report.entities} entities in {report.seconds['all']:.1f} s")
    if report.near_copies:
        print(f"{report.near_copies} pairs of near-copies in the store; each pair counts as one source")
    for skipped in report.skipped:
        print(f"skipped {skipped.address}: {skipped.reason}", file=sys.stderr)


def extract(
    sources: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders, globs, URLs, or -.")],
    format: Annotated[
        ExtractFormat, typer.Option(help="One JSON object a text, or a table of readings.")
    ] = ExtractFormat.TABLE,
    extractor: Extractor = "patterns",
    any_language: AnyLanguage = False,
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Only readings scored at least this.")] = 0.0,
) -> None:
    """Print what would be stored, and store nothing.

    Mentions and relations come with their offsets and scores.
    """
    from dataclasses import replace

    from ingest.evaluation import item_of
    from ingest.extract.registry import ExtractorSpec, build_extractor

    built = build_extractor(ExtractorSpec(extractor))
    skipped = 0
    for name, text in _texts(sources, any_language):
        if isinstance(text, ArticleError):
            print(f"skipped {text}", file=sys.stderr)
            skipped += 1
            continue
        (extraction,) = built.extract([text])
        kept = replace(extraction, readings=tuple(r for r in extraction.readings if r.score >= min_score))
        if format is ExtractFormat.JSONL:
            item = item_of(text, kept).to_json()
            for relation, reading in zip(item["relations"], kept.readings, strict=True):
                relation |= {"score": round(reading.score, 4), "start": reading.start, "end": reading.end}
            print(json.dumps(item, ensure_ascii=False))
            continue
        print(f"# {name}")
        for reading in kept.readings:
            head, tail = kept.mentions[reading.head], kept.mentions[reading.tail]
            marks = [m for m in (reading.status, reading.polarity) if m not in ("actual", "affirmed")]
            print(f"{reading.score:.2f}  {head.name} · {reading.relation} · {tail.name}  {' '.join(marks)}".rstrip())
            print(f"      {' '.join(text[reading.start : reading.end].split())}")
    if skipped:
        raise typer.Exit(1)


def _texts(sources: list[str], any_language: bool) -> Iterator[tuple[str, "str | ArticleError"]]:
    """Name and text of each thing to extract from; the texts of JSONL word for word, so that offsets fit them."""
    from ingest.sources import expand
    from ingest.work import read_articles

    for source in expand(sources, stdin=sys.stdin.buffer):
        if isinstance(source, ArticleError):
            yield source.article, source
        elif source.address.endswith(".jsonl"):
            for number, line in enumerate(source.data.decode("utf-8", errors="replace").splitlines(), 1):
                name = f"{source.address}:{number}"
                try:
                    if line.strip():
                        yield name, str(json.loads(line)["text"])
                except (ValueError, KeyError, TypeError) as error:
                    yield name, ReadError(f"no JSON object with a text: {error}", article=name)
        else:
            for article in read_articles(source, any_language):
                if isinstance(article, ArticleError):
                    yield article.article, article
                else:
                    yield article.title or article.address, article.text


def forget(
    article: Annotated[str, typer.Argument(help="The article's IRI, the beginning of its id, its URL, title or file.")],
    store: StoreOption = None,
) -> None:
    """Remove one article with its claims, and nothing else."""
    from ingest.run import forget as remove
    from queries.lookup import find_article

    with open_store(store, write=True) as opened:
        iri, title = find_article(opened, article)
        remove(opened, iri)
    print(f"forgot {title!r} ({iri})")


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated text, in markup or JSONL.")],
    predicted: Annotated[
        Path | None,
        typer.Option("--predicted", help="What `kg extract --format jsonl` printed; else the extractor is run."),
    ] = None,
    extractor: Extractor = "patterns",
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Only readings scored at least this.")] = 0.0,
    by_kind: Annotated[bool, typer.Option("--by-kind", help="Also a row for each class and relation.")] = False,
) -> None:
    """Measure an extractor on annotated text.

    Precision, recall and F1 of mentions, relations and facts.
    """
    from dataclasses import replace

    from ingest.annotation import load_items
    from ingest.evaluation import FIGURES, evaluate, item_of
    from ingest.extract.registry import ExtractorSpec, build_extractor
    from kg.ontology import load_ontology

    for path in (gold, predicted):
        if path is not None and not path.is_file():
            raise QueryError(f"there is no file {path}")
    ontology = load_ontology()
    items = load_items(gold, ontology)
    if predicted is not None:
        read = load_items(predicted, ontology)
    else:
        built = build_extractor(ExtractorSpec(extractor))
        read = []
        for item, extraction in zip(items, built.extract(item.text for item in items), strict=True):
            kept = tuple(r for r in extraction.readings if r.score >= min_score)
            read.append(item_of(item.text, replace(extraction, readings=kept)))
    scores = evaluate(items, read, ontology)
    rows = [(figure, scores.total[figure]) for figure in FIGURES]
    if by_kind:
        rows += [(" ".join(key), value) for key, value in scores.by_kind.items() if key[0] in ("mention", "fact")]
    print(f"{'':28} precision  recall      F1    gold    read")
    for name, figure in rows:
        print(
            f"{name:28} {figure.precision:9.3f} {figure.recall:7.3f} {figure.f1:7.3f} {figure.gold:7d} {figure.read:7d}"
        )
    print(f"{scores.kept_empty} of {scores.empty_items} items without a fact kept empty")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """A line that counts the sources read, where standard error is a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda address: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} sources"),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        yield lambda address: progress.update(task, advance=1, description=escape_markup(Path(address).name[:60]))


def escape_markup(text: str) -> str:
    """Names of files are data: brackets in them are no markup."""
    from rich.markup import escape

    return escape(text)

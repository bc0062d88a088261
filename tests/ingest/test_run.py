"""The whole way with an extractor whose answers are known."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.extract.registry import ExtractorSpec
from ingest.run import Options, Report, forget, ingest
from ingest.seeds import MEMBERSHIPS, TABLES
from kg import state
from kg.errors import ArticleError, QueryError, ReadError
from kg.rdf import read_article_graph
from kg.serialise import serialise
from kg.store import Store
from kg.terms import ARTICLE, STATE_GRAPH, relation_iri
from kg.types import Source


def empty_seeds() -> Path:
    """Seed tables with a header and no row: what these tests are about needs no known entity."""
    folder = Path(tempfile.mkdtemp())
    for table in (*TABLES, MEMBERSHIPS):
        (folder / table.file).write_text(",".join(table.header) + "\n")
    return folder


SEEDS = empty_seeds()
OPTIONS = Options(ExtractorSpec("tests.ingest.fakes:make", seeds=SEEDS), workers=1)


def source(text: str, address: str = "a.txt") -> Source:
    return Source(address, text.encode())


def story(title: str, text: str, **fields: str) -> Source:
    rows = "".join(f"{key}: {value}\n" for key, value in {"title": title, **fields}.items())
    return Source(f"{title}.md", f"---\n{rows}---\n\n{text}".encode())


def run(store: Store, *sources: Source | ArticleError, options: Options = OPTIONS) -> Report:
    return ingest(sources, store, options)


def export(store: Store) -> bytes:
    return serialise(store.canonical_quads(), "nquads")


def claims(store: Store) -> list[tuple[str, str]]:
    found = [
        (claim.relation, claim.evidence.quote)
        for graph in store.graphs_below(ARTICLE)
        for claim in read_article_graph(store.quads(graph)).claims
    ]
    return sorted(found)


ANN = "Ann supplies Bob. Nothing else is said here, at some length."
BOB = "Bob owns Cat. Again nothing else is said here, at some length."
CAT = "Cat supplies Ann. In this one too there is nothing else to read."


def test_a_text_becomes_claims_with_their_words() -> None:
    store = Store()
    report = run(store, source(ANN))
    assert (report.read, report.new, report.claims, report.entities) == (1, 1, 1, 2)
    assert claims(store) == [(relation_iri("supplies"), "Ann supplies Bob.")]


def test_twice_in_is_once_in() -> None:
    store = Store()
    run(store, source(ANN), source(BOB, "b.txt"))
    before = export(store)
    report = run(store, source(ANN), source(BOB, "b.txt"))
    assert (report.new, report.changed, report.unchanged, report.claims) == (0, 0, 2, 0)
    assert export(store) == before


STORIES = [
    story("one", ANN, date="2025-01-01"),
    story("two", BOB),
    story("three", CAT, url="https://example.org/c"),
    story("three again", CAT + " Bob owns Ann.", url="https://example.org/c", date="2025-02-01"),
    story("one as told by others", ANN, publisher="Wire"),
]


@pytest.fixture(scope="module")
def in_order() -> bytes:
    store = Store()
    run(store, *STORIES)
    return export(store)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations(STORIES), st.integers(0, 5))
def test_the_order_of_the_articles_and_their_repetition_do_not_matter(
    in_order: bytes, order: list[Source], repeated: int
) -> None:
    store = Store()
    run(store, *order, *order[:repeated])
    assert export(store) == in_order
    report = run(store, *reversed(order))
    assert export(store) == in_order
    assert (report.new, report.changed) == (0, 0)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.permutations(STORIES))
def test_nor_does_it_matter_how_many_runs_read_them(in_order: bytes, order: list[Source]) -> None:
    store = Store()
    for one in order:
        run(store, one)
    assert export(store) == in_order


def test_a_page_fetched_anew_on_the_same_day_is_what_counts() -> None:
    store = Store()
    page = {"url": "https://example.org/a", "date": "2025-01-01"}
    for text in (ANN, CAT, ANN):
        run(store, story("a", text, **page))
    assert [quote for _, quote in claims(store)] == ["Ann supplies Bob."]


def test_a_file_whose_description_is_mended_is_read_anew() -> None:
    store = Store()
    run(store, Source("/a.md", f"---\ntitle: Zebra\n---\n\n{ANN}".encode()))
    run(store, Source("/a.md", f"---\ntitle: Ant\n---\n\n{ANN}".encode()))
    assert b'"Ant"' in export(store)


def test_workers_do_not_change_the_result(in_order: bytes) -> None:
    store = Store()
    run(store, *STORIES, options=Options(OPTIONS.extractor, workers=2))
    assert export(store) == in_order


def test_a_changed_article_retires_its_own_claims_alone() -> None:
    store = Store()
    url = {"url": "https://example.org/a"}
    run(store, story("a", ANN, **url), source(BOB, "b.txt"))
    report = run(store, story("a", CAT, **url))
    assert (report.new, report.changed) == (0, 1)
    assert [quote for _, quote in claims(store)] == ["Bob owns Cat.", "Cat supplies Ann."]


def test_a_file_that_gives_another_text_retires_the_one_it_gave_before() -> None:
    store = Store()
    run(store, source(ANN, "/news/a.txt"))
    report = run(store, source(CAT, "/news/a.txt"))
    assert (report.new, report.changed) == (0, 1)
    assert [quote for _, quote in claims(store)] == ["Cat supplies Ann."]


def test_a_text_that_another_file_still_gives_is_not_retired() -> None:
    store = Store()
    run(store, source(ANN, "/news/a.txt"), source(ANN, "/news/copy.txt"))
    run(store, source(ANN, "/news/copy.txt"))
    run(store, source(CAT, "/news/a.txt"))
    assert [quote for _, quote in claims(store)] == ["Ann supplies Bob.", "Cat supplies Ann."]


def test_files_that_change_places_lose_nothing() -> None:
    store = Store()
    run(store, source(ANN, "/a.txt"), source(BOB, "/b.txt"))
    before = export(store)
    run(store, source(BOB, "/a.txt"), source(ANN, "/b.txt"))
    assert export(store) == before


def test_another_extractor_reads_every_article_anew() -> None:
    store = Store()
    run(store, source(ANN))
    slower = Options(ExtractorSpec("tests.ingest.fakes:slower", seeds=SEEDS), workers=1)
    report = run(store, source(ANN), options=slower)
    assert report.changed == 1
    assert b"two-words/2" in export(store)
    assert b"two-words/1" not in export(store)


def test_what_cannot_be_used_is_skipped_with_its_reason_and_the_rest_goes_on() -> None:
    store = Store()
    report = run(store, ReadError("is empty", article="e.txt"), source("poison " + ANN, "p.txt"), source(BOB, "b.txt"))
    assert [(s.address, s.reason) for s in report.skipped] == [("e.txt", "is empty"), ("p.txt", "the text is poisoned")]
    assert (report.new, len(claims(store))) == (1, 1)


def test_a_text_that_kills_its_worker_is_skipped_alone() -> None:
    store = Store()
    texts = [source(f"{ANN} Number {n}.", f"{n}.txt") for n in range(20)]
    report = run(store, *texts, source("kill the worker", "k.txt"), options=Options(OPTIONS.extractor, workers=2))
    assert [s.address for s in report.skipped] == ["k.txt"]
    assert report.new == 20


def test_forgetting_removes_one_article_and_only_its_claims() -> None:
    store = Store()
    run(store, source(BOB, "b.txt"))
    before = export(store)
    run(store, source(ANN))
    (iri,) = [graph for graph in store.graphs_below(ARTICLE) if "Ann" in state.text_of(store, graph)]
    assert forget(store, iri)
    assert not forget(store, iri)
    assert export(store) == before
    assert not any(iri in str(quad) for quad in store.quads(STATE_GRAPH))


def test_a_dry_run_reports_and_stores_nothing() -> None:
    store = Store()
    report = run(store, source(ANN), options=Options(OPTIONS.extractor, workers=1, dry_run=True))
    assert (report.new, report.claims) == (1, 1)
    assert len(store) == 0


def test_an_interrupt_leaves_a_whole_store_and_running_again_goes_on() -> None:
    def interrupted() -> Iterator[Source]:
        for n in range(18):
            yield source(f"{ANN} Number {n}.", f"{n}.txt")
        raise KeyboardInterrupt

    store = Store()
    report = ingest(interrupted(), store, OPTIONS)
    assert report.stopped
    assert report.new == len(store.graphs_below(ARTICLE)) == 16
    again = run(store, *(source(f"{ANN} Number {n}.", f"{n}.txt") for n in range(18)))
    assert (again.unchanged, again.new) == (16, 2)


def test_near_copies_are_linked_whatever_came_first() -> None:
    body = " ".join(f"word{n}" for n in range(200))
    first, second = Store(), Store()
    long, short = source(body + " and a tail", "l.txt"), source(body, "s.txt")
    assert run(first, long, short).near_copies == 1
    run(second, short)
    assert run(second, long).near_copies == 1
    assert export(first) == export(second)


def test_an_unknown_extractor_is_the_askers_to_mend() -> None:
    for name in ("nonsense", "no.such.module:make", "tests.ingest.fakes:nothing"):
        with pytest.raises(QueryError, match="extractor"):
            run(Store(), source(ANN), options=Options(ExtractorSpec(name, seeds=SEEDS)))


def test_a_feed_keeps_the_articles_that_it_no_longer_lists() -> None:
    def feed(texts: Iterable[str]) -> Source:
        return Source("feed.jsonl", "\n".join(json.dumps({"text": text}) for text in texts).encode())

    store = Store()
    run(store, feed([ANN, BOB]))
    run(store, feed([BOB, CAT]))
    assert len(claims(store)) == 3


def test_the_state_is_no_part_of_the_export(tmp_path: Path) -> None:
    store = Store()
    run(store, source(ANN, str(tmp_path / "a.txt")))
    assert str(tmp_path).encode() not in export(store)
    assert list(store.quads(STATE_GRAPH))

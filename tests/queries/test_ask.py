"""Questions in English: what they are understood as, what is not understood, and what is answered.

`ask_questions.jsonl` was written before the rules, `ask_paraphrases.jsonl` after them.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kg.cli import questions
from kg.errors import QueryError
from kg.ontology import load_ontology
from kg.store import Store
from kg.terms import entity_iri
from queries.ask import NotUnderstood, Understood, ask, understand
from queries.ask.dates import Period, read_period
from queries.ask.lexicon import load_lexicon
from queries.ask.nearest import EXAMPLES
from queries.ask.run import answered_kinds
from queries.ask.shapes import load_shapes
from queries.ask.tokens import tokenize

HERE = Path(__file__).parent
TODAY = date(2026, 6, 1)
Row = dict[str, Any]


def rows_of(name: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


QUESTIONS = rows_of("ask_questions.jsonl")
PARAPHRASES = rows_of("ask_paraphrases.jsonl")


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Iterator[Store]:
    with Store(sample_store, read_only=True) as opened:
        yield opened


def reading(store: Store, question: str) -> tuple[str, Row] | None:
    found = understand(store, question, today=TODAY)
    if isinstance(found, NotUnderstood):
        return None
    arguments = dict(found.arguments)
    # How far a chain to a named end is searched for is no part of the question.
    if "other" in arguments:
        arguments.pop("depth", None)
    return found.kind, arguments


@pytest.mark.parametrize(("rows", "bar"), [(QUESTIONS, 0.97), (PARAPHRASES, 0.95)], ids=["questions", "paraphrases"])
def test_what_questions_are_understood_as(store: Store, rows: list[Row], bar: float) -> None:
    asked = [row for row in rows if row["kind"] is not None]
    wrong = [row["question"] for row in asked if reading(store, row["question"]) != (row["kind"], row["arguments"])]
    assert 1 - len(wrong) / len(asked) >= bar, wrong


def test_there_are_as_many_questions_as_promised() -> None:
    assert sum(row["kind"] is not None for row in QUESTIONS) == 120
    assert sum(row["kind"] is None for row in QUESTIONS) == 15
    assert len({row["question"] for row in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize(
    "question",
    [
        *(row["question"] for row in QUESTIONS if row["kind"] is None),
        "Who supplies the suppliers of Nvidia?",
        "Which countries besides China restrict Nvidia?",
        "Who first invested in OpenAI?",
        "Who is the largest investor in Mistral?",
        "Who depends on TSMC but not on Samsung?",
        "Which countries depend on TSMC or Samsung?",
        "For whom does TSMC make chips?",
        "How does TSMC make chips?",
        "When was TSMC founded?",
        "Which firms are most sovereign?",
        "Which firm has the most suppliers?",
        "Does Nvidia supply more chips than AMD?",
        "What would China do if the US banned Nvidia?",
        "Through which firms does Germany depend on Taiwan?",
        "",
        "???",
        "who " * 61,
    ],
)
def test_what_is_not_understood_is_said_and_never_answered(store: Store, question: str) -> None:
    asking = ask(store, question, today=TODAY)
    assert asking.understood is None
    assert asking.answer is None
    assert asking.problem
    assert len(asking.nearest) == 3


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=st.sampled_from([row for row in QUESTIONS if row["kind"]]), data=st.data())
def test_a_word_that_is_not_known_is_never_passed_over(store: Store, row: Row, data: st.DataObject) -> None:
    words = row["question"].split()
    words.insert(data.draw(st.integers(0, len(words))), "blorfing")
    found = understand(store, " ".join(words), today=TODAY)
    assert isinstance(found, NotUnderstood)
    assert "'blorfing'" in found.reason


def test_the_nearest_questions_are_understood(store: Store) -> None:
    names = {
        "{0}? who are the members": "the Quad",
        "members": "the Quad",
        "alliance": "Japan",
        "based in": "Taiwan",
        "planned in": "Spain",
        "are in": "Germany",
        "data centers in": "India",
        "operates": "LUMI",
        "laws": "Japan",
        "compute": "France",
        "Where is": "LUMI",
        "regulates": "artificial intelligence",
    }
    for example in EXAMPLES:
        name = next((found for word, found in names.items() if word in example), "Nvidia")
        question = example.format(name, "Taiwan")
        assert isinstance(understand(store, question, today=TODAY), Understood), question


def test_names_are_found_in_every_form(store: Store) -> None:
    expected = ("dependencies", {"name": entity_iri("united-states"), "direction": "on"})
    for name in ("the United States", "the U.S.", "the US", "America", "Washington", "the americans", "united states"):
        assert reading(store, f"Who depends on {name}?") == expected, name


def test_a_word_in_capitals_may_be_a_name_that_it_is_not_otherwise(store: Store) -> None:
    assert reading(store, "What is SHAPE?") == ("show", {"name": entity_iri("shape")})
    assert reading(store, "What is shape?") is None


def test_owner_and_kind_beside_a_proper_name_add_nothing(store: Store) -> None:
    expected = ("claims", {"relation": "uses", "object": entity_iri("ascend")})
    for name in ("Ascend", "Ascend chips", "Huawei's Ascend", "Huawei Ascend chips"):
        assert reading(store, f"Who uses {name}?") == expected, name


def test_a_name_with_two_meanings_is_noted(store: Store) -> None:
    found = understand(store, "Which countries have banned DeepSeek?", today=TODAY)
    assert isinstance(found, Understood)
    assert found.notes == ("DeepSeek is read as the firm; there is also a model of that name, deepseek-model",)


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("since 2024", "2024-01-01", ""),
        ("after 2024", "2025-01-01", ""),
        ("before May 2025", "", "2025-04-30"),
        ("until 13 May 2025", "", "2025-05-13"),
        ("in 2024", "2024-01-01", "2024-12-31"),
        ("in February 2024", "2024-02-01", "2024-02-29"),
        ("on May 13th 2025", "2025-05-13", "2025-05-13"),
        ("between 2023 and March 2025", "2023-01-01", "2025-03-31"),
        ("from 2025-01 to 2025-02-15", "2025-01-01", "2025-02-15"),
        ("in the first half of 2025", "2025-01-01", "2025-06-30"),
        ("in Q4 2025", "2025-10-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last month", "2026-05-01", "2026-05-31"),
        ("since last year", "2025-01-01", ""),
        ("in the last two years", "2024-06-01", "2026-06-01"),
    ],
)
def test_periods(words: str, since: str, until: str) -> None:
    keys = [token.key for token in tokenize(words)]
    assert read_period(keys, 0, TODAY) == (Period(since, until), len(keys))


@pytest.mark.parametrize("words", ["in 13 May", "since ever", "2025-13", "before", "last chance"])
def test_what_is_no_period(words: str) -> None:
    assert read_period([token.key for token in tokenize(words)], 0, TODAY) is None


def test_the_tables_name_what_the_ontology_has() -> None:
    ontology = load_ontology()
    lexicon = load_lexicon()
    words = [word for found in lexicon.words.values() for word in found]
    assert {relation for word in words for relation in word.relations} <= set(ontology.relations)
    assert set(lexicon.prepositions) <= set(ontology.relations)
    assert {word.class_.upper() for word in words} - {""} <= ontology.labels
    assert {shape.kind for shape in load_shapes()} <= answered_kinds()


def test_questions_are_answered_or_the_answer_says_why_not(store: Store) -> None:
    for row in (*QUESTIONS[::2], *PARAPHRASES[::3]):
        if row["kind"] is None:
            continue
        asking = ask(store, row["question"], today=TODAY)
        assert asking.answer is not None or asking.problem, row["question"]
        if asking.answer is not None:
            assert asking.answer.query, row["question"]
            assert asking.answer.rows or asking.answer.caveats, row["question"]


@pytest.mark.parametrize(
    ("question", "column", "answers"),
    [
        ("Who heads Nvidia?", "subject", {"Jensen Huang"}),
        ("Who operates LUMI?", "subject", {"CSC"}),
        ("Who owns DeepMind?", "subject", {"Google"}),
        ("Which countries have banned DeepSeek?", "subject", {"Australia", "Taiwan"}),
        (
            "Who are the members of the Five Eyes?",
            "with",
            {"Australia", "Canada", "New Zealand", "United Kingdom", "United States"},
        ),
        ("Which countries are in both the Quad and AUKUS?", "shared", {"Australia", "United States"}),
    ],
)
def test_answers(store: Store, question: str, column: str, answers: set[str]) -> None:
    answer = ask(store, question, today=TODAY).answer
    assert answer is not None
    assert {record[column] for record in answer.records()} == answers


def test_a_part_of_a_place_lies_in_it_and_a_kind_counts_as_its_kind(store: Store) -> None:
    answer = ask(store, "Which supercomputers are in Germany?", today=TODAY).answer
    assert answer is not None
    found = {(record["subject"], record["object"]) for record in answer.records()}
    assert {("JUPITER", "Jülich"), ("JUPITER", "Germany")} <= found
    answer = ask(store, "Who manufactures memory chips?", today=TODAY).answer
    assert answer is not None
    assert "HBM" in {record["object"] for record in answer.records()}


def test_what_articles_deny_belongs_to_whether_it_is_so(store: Store) -> None:
    answer = ask(store, "Does Nvidia sell H20 chips to China?", today=TODAY).answer
    assert answer is not None
    assert any(str(record["relation"]).startswith("not: ") for record in answer.records())


def test_a_count_is_told_by_status(store: Store) -> None:
    answer = ask(store, "How many facilities are there in Germany?", today=TODAY).answer
    assert answer is not None
    assert any(caveat.startswith("counted: ") and "planned" in caveat for caveat in answer.caveats)


def test_joining_is_beginning_to_be_a_member(store: Store) -> None:
    answer = ask(store, "Who joined BRICS in 2024?", today=TODAY).answer
    assert answer is not None
    assert {record["with"] for record in answer.records()} == {
        "Egypt", "Ethiopia", "Iran", "United Arab Emirates",
    }  # fmt: skip


def test_what_happened_in_a_period_is_what_is_dated_there(store: Store) -> None:
    answer = ask(store, "What happened to Nexperia in November 2025?", today=TODAY).answer
    assert answer is not None
    assert answer.rows
    assert all(str(record["when"]).startswith("2025-11") for record in answer.records())


def test_a_period_without_articles_says_so(store: Store) -> None:
    asking = ask(store, "Who supplies Humain since 2027?", today=TODAY)
    assert asking.understood is not None
    assert asking.problem.startswith("nothing left: 0 of") or asking.answer is not None


def app() -> typer.Typer:
    found = typer.Typer()
    found.callback()(lambda: None)
    questions.add_to(found)
    return found


def test_the_command_as_json(sample_store: Path) -> None:
    result = CliRunner().invoke(
        app(), ["ask", "Which countries depend on TSMC?", "--format", "json", "--store", str(sample_store)]
    )
    assert result.exit_code == 0
    data = json.loads(result.stdout)
    assert list(data) == ["question", "understood", "query", "rows", "caveats"]
    assert data["understood"] == {
        "kind": "dependencies",
        "arguments": {"name": entity_iri("tsmc"), "direction": "on", "class": "country"},
    }
    assert data["rows"]
    assert {row["class"] for row in data["rows"]} == {"country"}


def test_the_command_where_it_does_not_understand(sample_store: Path) -> None:
    arguments = ["ask", "Who is the cleverest in Zzyzx?", "--store", str(sample_store)]
    data = json.loads(CliRunner().invoke(app(), [*arguments, "--format", "json"]).stdout)
    assert data["understood"] is None
    assert data["rows"] == []
    assert data["caveats"][0] == "'cleverest', 'Zzyzx' is not understood"
    assert [caveat.startswith("nearest: ") for caveat in data["caveats"][1:]] == [True] * 3
    with pytest.raises(QueryError, match="'cleverest', 'Zzyzx' is not understood; nearest questions: "):
        CliRunner().invoke(app(), arguments, catch_exceptions=False)

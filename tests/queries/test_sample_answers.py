"""Questions about the sample articles: the answer that a careful reader of the articles gives is among the rows.

`sample_answers.jsonl` holds answers that were first read in the articles and that the pipeline gives; what it missed
when they were written is left out. `answers` must each fill a cell, `not` must fill none, `article` is where a reader
finds it. Names are those of the store.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.store import Store
from queries.ask import ask

HERE = Path(__file__).parent
ARTICLES = HERE.parent.parent / "corpus" / "articles"
TODAY = date(2026, 6, 1)
ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (HERE / "sample_answers.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Iterator[Store]:
    with Store(sample_store, read_only=True) as opened:
        yield opened


def test_each_row_names_an_article_and_an_answer() -> None:
    assert len({row["question"] for row in ROWS}) == len(ROWS) >= 45
    for row in ROWS:
        assert (ARTICLES / row["article"]).is_file(), row["article"]
        assert row["answers"], row["question"]
        assert not set(row["answers"]) & set(row["not"]), row["question"]


@pytest.mark.parametrize("row", ROWS, ids=[row["question"] for row in ROWS])
def test_the_answer_of_a_careful_reader_is_among_the_rows(store: Store, row: dict[str, Any]) -> None:
    asking = ask(store, row["question"], today=TODAY)
    assert asking.answer is not None, asking.problem
    cells = {str(cell).casefold() for found in asking.answer.rows for cell in found.cells}
    assert [name for name in row["answers"] if name.casefold() not in cells] == [], f"missing; see {row['article']}"
    assert [name for name in row["not"] if name.casefold() in cells] == [], f"wrong; see {row['article']}"

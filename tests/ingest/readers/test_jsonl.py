import json
from collections.abc import Callable

import pytest

from ingest.readers import read
from kg.errors import ReadError
from kg.types import Article, Source
from tests.ingest.readers.documents import PARAGRAPH


@pytest.fixture
def refusal_of_line() -> Callable[[object], str]:
    def reason_of(fields: object) -> str:
        [error] = read(Source("a.jsonl", json.dumps(fields).encode()))
        assert isinstance(error, ReadError)
        return error.reason

    return reason_of


def test_fields_describe_the_article(read_one) -> None:
    fields = {
        "text": f"{PARAGRAPH}\u00a0\ud800",
        "title": "Chips",
        "url": "https://example.org/a",
        "date": "13 May 2025",
        "publisher": "The Wire",
        "author": "Jane Doe",
        "topics": ["chips", 3, "Gulf"],
        "language": 7,
    }
    assert read_one(json.dumps(fields), "a.jsonl") == Article(
        text=PARAGRAPH,
        title="Chips",
        url="https://example.org/a",
        published="2025-05-13",
        publisher="The Wire",
        author="Jane Doe",
        language="en",
        topics=("chips", "Gulf"),
        address="a.jsonl#1",
    )


def test_bad_lines_are_named_and_the_others_read() -> None:
    lines = [
        '{"text": "One deal was signed in Riyadh."}',
        "",
        "{broken",
        '["text"]',
        '{"body": "x"}',
        '{"text": ""}',
        "[" * 100_000,
    ]
    items = list(read(Source("a.jsonl", "\n".join([*lines, '{"text": "The last deal was signed too."}']).encode())))
    assert [item.text for item in items if isinstance(item, Article)] == [
        "One deal was signed in Riyadh.",
        "The last deal was signed too.",
    ]
    errors = [item for item in items if isinstance(item, ReadError)]
    assert [error.article for error in errors] == ["a.jsonl#3", "a.jsonl#4", "a.jsonl#5", "a.jsonl#6", "a.jsonl#7"]
    assert [
        word in error.reason for word, error in zip(("JSON", "object", "body", "no text", "JSON"), errors, strict=True)
    ]
    assert "body" in errors[2].reason


def test_hostile_values_are_dropped(read_one) -> None:
    fields = {"text": PARAGRAPH, "url": "https://example.org/\ud800?utm_source=\ud800", "title": "\ud800"}
    article = read_one(json.dumps(fields | {"date": "1 May 99999999999999999999"}), "a.jsonl")
    assert (article.url, article.published, article.title) == (None, None, PARAGRAPH)


def test_names_of_fields_are_shown_escaped_and_shortened(refusal_of_line) -> None:
    assert "its fields are a\\n\\x1b\\ud800" in refusal_of_line({"a\n\x1b\ud800": 1})
    assert len(refusal_of_line({"a" * 5000: 1})) < 200

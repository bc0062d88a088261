import json

from ingest.readers import read
from kg.errors import ReadError
from kg.types import Article, Source
from tests.ingest.readers.documents import PARAGRAPH


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
    lines = ['{"text": "One deal."}', "", "{broken", '["text"]', '{"body": "x"}', '{"text": ""}', "[" * 100_000]
    items = list(read(Source("a.jsonl", "\n".join([*lines, '{"text": "Last deal."}']).encode())))
    assert [item.text for item in items if isinstance(item, Article)] == ["One deal.", "Last deal."]
    errors = [item for item in items if isinstance(item, ReadError)]
    assert [error.article for error in errors] == ["a.jsonl#3", "a.jsonl#4", "a.jsonl#5", "a.jsonl#6", "a.jsonl#7"]
    assert [
        word in error.reason for word, error in zip(("JSON", "object", "body", "no text", "JSON"), errors, strict=True)
    ]
    assert "body" in errors[2].reason

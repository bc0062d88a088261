"""Whatever the bytes, a source gives articles and clear refusals, never another exception."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers import read
from kg.errors import ReadError
from kg.types import Article, Source
from tests.ingest.readers.documents import OTHER, PARAGRAPH

NAMES = ("title", "url", "date", "published", "publisher", "author", "language", "topics", "text")
SCALARS = st.one_of(
    st.text(),
    st.integers(),
    st.none(),
    st.booleans(),
    st.floats(),
    st.from_regex(r"https?://[^ ]*"),
    st.from_regex(r"\d+[-./ ]\w+[-./ ]\d+( \d+:\d+(:\d+)?)?( ?[+-]\d+)?"),
    st.sampled_from(["\ud800", "http://[", "1 May 99999999999999999999", "2025-13-40"]),
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=5)
YAML = st.one_of(
    st.text(),
    st.builds("!!{} {}".format, st.sampled_from(["timestamp", "bool", "int", "float", "binary", "x"]), st.text()),
    st.sampled_from(['!!int ""', '"\\UFFFFFFFF"', "*a", "&a [*a]", "1:1.0", "[", "{a: ", "%YAML 9"]),
)
META = st.builds(
    "<meta {}={!r} content={!r}>".format,
    st.sampled_from(["name", "property", "charset", "http-equiv", "itemprop"]),
    st.sampled_from(["date", "author", "og:url", "og:title", "article:published_time", "base64"]) | st.text(),
    SCALARS,
)
JSON_LD = st.builds(
    lambda fields: f'<script type="application/ld+json">{json.dumps(fields)}</script>',
    st.dictionaries(
        st.sampled_from(["@context", "@type", "@graph", "author", "publisher", "headline", "datePublished", "name"]),
        VALUES | st.sampled_from(["https://schema.org", "NewsArticle", "Person", "Organization"]),
    )
    | VALUES,
)
LINK = st.builds('<link rel="canonical" href="{}">'.format, SCALARS)
HEADS = (
    st.lists(META | JSON_LD | LINK | st.text(), max_size=4)
    .map("".join)
    .map(lambda head: head.encode("utf-8", "surrogatepass"))
)


def check(name: str, data: bytes) -> None:
    try:
        items = list(read(Source(name, data), any_language=True))
    except ReadError as error:
        items = [error]
    for item in items:
        assert isinstance(item, Article | ReadError)
        shown = str(item) if isinstance(item, ReadError) else repr((item.iri, item.url, item.published, item.title))
        assert "\n" not in shown
        shown.encode()


@given(st.lists(st.tuples(st.sampled_from(NAMES) | st.text(), YAML), max_size=5), st.booleans())
@settings(deadline=None)
def test_front_matter(fields: list[tuple[str, str]], is_closed: bool) -> None:
    lines = "\n".join(f"{name}: {value}" for name, value in fields)
    end = "---\n" if is_closed else ""
    check("a.md", f"---\n{lines}\n{end}{PARAGRAPH}".encode("utf-8", "replace"))


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(), VALUES), st.booleans())
@settings(deadline=None)
def test_fields_of_a_line(fields: dict[str, object], has_text: bool) -> None:
    check("a.jsonl", json.dumps({**fields, **({"text": PARAGRAPH} if has_text else {})}).encode())


@given(HEADS | st.binary())
@settings(deadline=None)
def test_head_of_a_page(head: bytes) -> None:
    body = f"</head><body><p>{PARAGRAPH}</p><p>{OTHER}</p></body></html>"
    check("a.html", b"<html><head>" + head + body.encode())


@given(st.binary())
@settings(deadline=None)
def test_bytes_of_no_name(data: bytes) -> None:
    check("-", data)

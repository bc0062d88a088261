import time
from pathlib import Path
from xml.sax.saxutils import escape

from ingest.readers import read
from kg.errors import ReadError
from kg.types import Article, Source
from tests.ingest.readers.documents import OTHER, PARAGRAPH


def item(number: int, description: str, more: str = "") -> str:
    return (
        f"<item><title>Story {number}</title><link>https://example.org/{number}?utm_source=rss</link>"
        "<pubDate>Tue, 13 May 2025 09:00:00 GMT</pubDate><category>chips</category>"
        "<author>jane@example.org (Jane Doe)</author>"
        f"<description>{description}</description>{more}</item>"
    )


def rss(items: str, prolog: str = "") -> str:
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    head = "<title>The Wire</title><link>https://example.org/</link><language>en-us</language>"
    return f'<?xml version="1.0"?>{prolog}<rss version="2.0" {names}><channel>{head}{items}</channel></rss>'


def items_of(feed: str) -> list[Article | ReadError]:
    return list(read(Source("/tmp/feed.xml", feed.encode())))


def test_each_entry_is_an_article() -> None:
    html = escape(f"<p>{PARAGRAPH}</p><p>The post <a href='#'>x</a> appeared first on <a href='#'>y</a>.</p>")
    whole = f"<content:encoded><![CDATA[<p>{PARAGRAPH}</p><p>{OTHER}</p>]]></content:encoded>"
    first, second = items_of(rss(item(1, html) + item(2, "In short.", whole)))
    assert first == Article(
        text=PARAGRAPH,
        title="Story 1",
        url="https://example.org/1",
        published="2025-05-13",
        publisher="The Wire",
        author="Jane Doe",
        language="en",
        topics=("chips",),
        address="/tmp/feed.xml#https://example.org/1?utm_source=rss",
    )
    assert isinstance(second, Article)
    assert second.text == f"{PARAGRAPH}\n\n{OTHER}"


def test_atom() -> None:
    [article] = items_of(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>The Wire</title><entry><id>urn:1</id>'
        '<title type="html">Q&amp;amp;A: &lt;b&gt;chips&lt;/b&gt; &amp;lt;script&amp;gt;</title>'
        '<link href="https://example.org/1"/><updated>2025-05-01T00:00:00Z</updated>'
        f'<content type="html">{escape(f"<p>{PARAGRAPH}</p>")}</content></entry></feed>'
    )
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("Q&A: chips <script>", PARAGRAPH)
    assert (article.url, article.published) == ("https://example.org/1", "2025-05-01")


def test_entry_without_text_is_named_and_the_others_read() -> None:
    first, second = items_of(rss(item(1, "") + item(2, PARAGRAPH)))
    assert isinstance(first, ReadError)
    assert "no text of its own" in first.reason
    assert isinstance(second, Article)


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    assert [type(item) for item in items_of(rss(item(1, f"AT&T said. {PARAGRAPH}")))] == [Article]
    whole = rss(item(1, PARAGRAPH) + item(2, OTHER))
    article, error = items_of(whole[: whole.index("machines")])
    assert isinstance(article, Article)
    assert article.text == PARAGRAPH
    assert isinstance(error, ReadError)
    assert "breaks off after entry 1" in error.reason


def test_feed_without_entries_is_refused(refusal) -> None:
    assert "no entries" in refusal(rss(""), "feed.xml")
    assert "XML is broken" in refusal("<rss><chan", "feed.xml")


def test_external_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET")
    prolog = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    for item_or_error in items_of(rss(item(1, f"Leak: &x; {PARAGRAPH}"), prolog)):
        assert "SECRET" not in repr(item_or_error)


def test_entity_bomb_is_not_expanded() -> None:
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    prolog = f'<!DOCTYPE rss [<!ENTITY a "{"a" * 10}">{entities}]>'
    began = time.perf_counter()
    assert len(repr(items_of(rss(item(1, f"&i; {PARAGRAPH}"), prolog)))) < 1000
    assert time.perf_counter() - began < 5

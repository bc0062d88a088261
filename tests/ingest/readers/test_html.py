import time

import pytest

from tests.ingest.readers.documents import OTHER, PARAGRAPH, make_newsletter, make_page

BODY = f"<p>{PARAGRAPH}</p><p>{OTHER}</p>"
HEAD = (
    '<link rel="canonical" href="https://example.org/2025/chips?utm_source=x">'
    '<meta property="og:site_name" content="The Wire"><meta name="author" content="Jane Doe">'
    '<meta property="article:published_time" content="2025-05-13T23:30:00+03:00">'
)


def test_page_gives_its_article_and_description(read_one) -> None:
    furniture = "<nav><a href='/'>Home</a> <a href='/b'>World</a></nav>"
    page = make_page(f"{furniture}<article><h1>Humain buys chips</h1>{BODY}</article><footer>Contact us</footer>", HEAD)
    article = read_one(page, "/tmp/a.html")
    assert article.text == f"{PARAGRAPH}\n\n{OTHER}"
    assert article.title == "Humain buys chips"
    assert article.url == "https://example.org/2025/chips"
    assert article.published == "2025-05-13"
    assert (article.publisher, article.author, article.language) == ("The Wire", "Jane Doe", "en")


@pytest.mark.parametrize(
    "head, body, address, day",
    [
        (
            '<script type="application/ld+json">{"datePublished": "2025-02-03T00:00Z"}</script>',
            "",
            "a.html",
            "2025-02-03",
        ),
        ("", '<time datetime="2025-03-04">yesterday</time>', "a.html", "2025-03-04"),
        ("", "", "https://example.org/2024/03/02/chips", "2024-03-02"),
        ("", "<footer>Copyright 2019. Updated 2019-03-04</footer>", "a.html", None),
        ("", "<p>The plant opened on July 4, 2023, the firm said in a report.</p>", "a.html", None),
    ],
)
def test_day_of_publication_is_stated_never_guessed(
    read_one, head: str, body: str, address: str, day: str | None
) -> None:
    assert read_one(make_page(BODY + body, head), address).published == day


@pytest.mark.parametrize("canonical", ["/", "https://example.org/", "javascript:alert(1)", ""])
def test_useless_canonical_address_gives_way_to_the_address(read_one, canonical: str) -> None:
    page = make_page(BODY, f'<link rel="canonical" href="{canonical}">')
    assert read_one(page, "https://example.org/a").url == "https://example.org/a"


def test_data_tables_are_rows_and_layout_tables_are_not(read_one) -> None:
    data = "<table><tr><th>Firm</th><th>Share</th></tr><tr><td>TSMC</td><td>60%</td></tr></table>"
    assert "Firm | Share\n\nTSMC | 60%" in read_one(make_page(BODY + data), "a.html").text
    layout = f"<table><tr><td><table><tr><td>{PARAGRAPH}</td></tr><tr><td>{OTHER}</td></tr></table></td></tr></table>"
    assert read_one(make_page(layout), "a.html").text == f"{PARAGRAPH}\n\n{OTHER}"


def test_newsletter_gives_all_its_text_and_no_furniture(read_one) -> None:
    text = read_one(make_newsletter(), "a.html").text
    expected = ["The Chip Letter", PARAGRAPH, "Tokyo has not followed.", OTHER, "Firm | Share", "TSMC | 60%"]
    assert text.split("\n\n") == expected


def test_encoding_of_a_page_is_read_in_it(read_one) -> None:
    page = make_page(f"<p>Правительство. {PARAGRAPH}</p>", '<meta charset="windows-1251">').encode("cp1251")
    assert "Правительство" in read_one(page, "a.html").text
    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{make_page(BODY)}'
    assert PARAGRAPH in read_one(declared, "a.xhtml").text


@pytest.mark.parametrize("charset", ["base64", "rot13", "idna", "undefined", "punycode", "no-such"])
def test_charset_that_is_no_encoding_of_text_is_passed_over(read_one, charset: str) -> None:
    page = make_page(f"<p>Café. {PARAGRAPH}</p>", f'<meta charset="{charset}">').encode("cp1252")
    assert "Café" in read_one(page, "a.html").text


@pytest.mark.parametrize(
    "odd",
    ['"author": 5', '"author": [5, null]', '"headline": 5', '"articleSection": [1]', '"publisher": {"name": [1]}'],
)
def test_description_of_odd_shape_does_not_hide_the_article(read_one, odd: str) -> None:
    fields = f'{{"@context": "https://schema.org", "@type": "NewsArticle", {odd}}}'
    article = read_one(make_page(BODY, f'<script type="application/ld+json">{fields}</script>'), "a.html")
    assert article.text == f"{PARAGRAPH}\n\n{OTHER}"


def test_second_xml_declaration_does_no_harm(read_one) -> None:
    declared = f'\x01<?xml version="1.0"?>\n<?xml version="1.0" encoding="utf-8" >{make_page(BODY)}'
    assert PARAGRAPH in read_one(declared, "a.xhtml").text


def test_picture_within_a_page_is_no_obstacle(read_one) -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 1_000_000}">'
    assert read_one(make_page(picture + BODY), "a.html").text == f"{PARAGRAPH}\n\n{OTHER}"


@pytest.mark.parametrize(
    "page, words",
    [
        (make_page("<script>render()</script><div id='root'></div>"), "no article text"),
        (make_page("<div>" * 300 + BODY + "</div>" * 300), "256 deep"),
        (make_page("<div>" * 100_000 + BODY), "tags"),
        (make_page("<p>" + "x" * 10_000_001), "10 MB"),
        (make_page("<p " + " ".join(f"a{i}" for i in range(200_000)) + f">{BODY}"), "attributes on one tag"),
        (make_page("<p " + " ".join(f"a{i}='>'" for i in range(200_000)) + f">{BODY}"), "attributes on one tag"),
        ("<!-- nothing -->", "HTML"),
    ],
    ids=["scripts", "deep", "bomb", "large", "attributes", "quoted attributes", "comment"],
)
def test_hostile_and_empty_pages_are_refused_soon(refusal, page: str, words: str) -> None:
    began = time.perf_counter()
    assert words in refusal(page, "a.html")
    assert time.perf_counter() - began < 5


def test_markup_in_titles_is_text(read_one) -> None:
    head = '<meta property="og:title" content="&lt;script&gt;alert(1)&lt;/script&gt; wins">'
    assert read_one(make_page(BODY, head), "a.html").title == "<script>alert(1)</script> wins"

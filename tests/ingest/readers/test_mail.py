from email.message import EmailMessage

from tests.ingest.readers.documents import OTHER, PARAGRAPH, make_newsletter


def message(text: str = "", html: str = "") -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "The Chip Letter <news@example.org>"
    mail["To"] = "me@example.org"
    mail["Subject"] = "Chips – weekly"
    mail["Date"] = "Tue, 13 May 2025 23:30:00 +0300"
    mail["Archived-At"] = "<https://example.org/issue/7>"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def test_newsletter(read_one) -> None:
    article = read_one(bytes(message("See the web page.", make_newsletter())), "a.eml")
    expected = ["The Chip Letter", PARAGRAPH, "Tokyo has not followed.", OTHER, "Firm | Share", "TSMC | 60%"]
    assert article.text.split("\n\n") == expected
    assert (article.title, article.published, article.publisher) == ("Chips – weekly", "2025-05-13", "The Chip Letter")
    assert article.url == "https://example.org/issue/7"


def test_plain_message(read_one) -> None:
    mail = message(f"{PARAGRAPH}\n\nTo unsubscribe, answer this message.\n\n{OTHER}")
    del mail["From"]
    mail["From"] = "news@example.org"
    article = read_one(bytes(mail))
    assert article.text == f"{PARAGRAPH}\n\n{OTHER}"
    assert article.publisher == "example.org"


def test_message_without_text_is_refused(refusal) -> None:
    mail = message()
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="x-other", filename="article.bin")
    assert "give that file" in refusal(bytes(mail), "a.eml")


def test_malformed_headers_do_no_harm(read_one) -> None:
    data = (
        b"From: <>(\nSubject: =?utf-8?q?=ZZ?= x\nDate: never\nContent-Type: text/plain; charset=no-such\n\n"
        + OTHER.encode()
    )
    assert read_one(data, "a.eml").text == OTHER

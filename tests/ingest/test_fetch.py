import gzip
import socket
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from ingest.fetch import Fetcher, Limits
from kg.errors import FetchError

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A web server on loopback; what it answers is told path by path."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str | None, str | None]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, self.headers["Host"], self.headers["User-Agent"]))
                server.answers.get(self.path, respond(404, b"none"))(self)

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.thread = Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self.thread.join()


def respond(status: int, body: bytes = b"", media_type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", media_type)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
def fetcher() -> Fetcher:
    return Fetcher(Limits(connect=1, read=1, total=2, size=100_000), allow_private=True)


def reason(fetcher: Fetcher, url: str) -> str:
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(url)
    assert caught.value.article == url
    assert "\n" not in str(caught.value)
    return caught.value.reason


def test_page_is_fetched(server: Server, fetcher: Fetcher) -> None:
    server.answers["/a?b=c"] = respond(200, b"<p>words</p>")
    source = fetcher.fetch(f"{server.url}/a?b=c")
    assert (source.data, source.media_type) == (b"<p>words</p>", "text/html; charset=utf-8")
    assert source.address == f"{server.url}/a?b=c"
    path, host, agent = server.asked[-1]
    assert (path, host) == ("/a?b=c", server.url.removeprefix("http://"))
    assert agent is not None
    assert agent.startswith("aigeo-kg")


def test_connection_goes_to_the_address_that_was_judged_and_names_the_host(
    server: Server, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *a, **k: real(host, *a, **k) if host == "127.0.0.1" else resolve(host, *a, **k),
    )
    server.answers["/a"] = respond(200, b"words")
    port = server.http.server_port
    assert fetcher.fetch(f"http://articles.example:{port}/a").data == b"words"
    assert server.asked[-1][1] == f"articles.example:{port}"
    assert set(asked) == {"articles.example"}


def test_redirects_are_followed_and_the_last_address_kept(server: Server, fetcher: Fetcher) -> None:
    server.answers["/a"] = respond(301, Location="/b")
    server.answers["/b"] = respond(302, Location=f"{server.url}/c")
    server.answers["/c"] = respond(200, b"words")
    assert fetcher.fetch(f"{server.url}/a").address == f"{server.url}/c"


@pytest.mark.parametrize(
    "location, words",
    [
        ("/loop", "redirects more than 5 times"),
        ("file:///etc/passwd", "only http and https"),
        ("ftp://example.org/a", "only http and https"),
        ("http://user:secret@example.org/", "name or password"),
        ("http://example.org:port/", "Invalid port"),
    ],
)
def test_bad_redirects_are_refused(server: Server, fetcher: Fetcher, location: str, words: str) -> None:
    server.answers["/loop"] = respond(302, Location=location)
    assert words in reason(fetcher, f"{server.url}/loop")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "localhost",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_private_addresses_are_refused(host: str) -> None:
    assert "private network: refused" in reason(Fetcher(), f"http://{host}/a")


def test_redirect_to_a_private_address_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    fetcher = Fetcher()
    server.answers["/a"] = respond(302, Location="http://10.0.0.1/secret")
    # The first hop alone may reach the server of the test.
    monkeypatch.setattr("ingest.fetch._is_public", lambda address: address == "127.0.0.1")
    assert "leads to 10.0.0.1" in reason(fetcher, f"{server.url}/a")
    assert [path for path, _, _ in server.asked] == ["/robots.txt", "/a"]


def test_one_private_address_among_several_refuses_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.215.14", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert "articles.example (192.168.0.1)" in reason(Fetcher(), "http://articles.example/a")


@pytest.mark.parametrize(
    "answer, words",
    [
        (respond(404, b"no"), "answers 404 Not Found"),
        (respond(503, b"no"), "answers 503"),
        (respond(200, b"\x89PNG", "image/png"), "serves image/png, not text"),
        (respond(200, b"{}", "application/json"), "serves application/json"),
        (respond(200, b" \n"), "serves nothing"),
        (respond(200, bytes(100_001)), "larger than 0.1 MB"),
        (respond(200, gzip.compress(bytes(5_000_000)), Content_Encoding="gzip"), "larger than 0.1 MB"),
        (respond(200, b"not gzip", Content_Encoding="gzip"), "cannot be read"),
        (respond(200, b"cut", Content_Length="100"), "cannot be read"),
    ],
    ids=["404", "503", "image", "json", "empty", "large", "bomb", "bad gzip", "cut"],
)
def test_what_is_no_text_is_refused(server: Server, fetcher: Fetcher, answer: Answer, words: str) -> None:
    server.answers["/a"] = answer
    assert words in reason(fetcher, f"{server.url}/a")


def test_silent_server_times_out(server: Server, fetcher: Fetcher) -> None:
    server.answers["/a"] = lambda _: time.sleep(1.5)
    assert "does not answer in time" in reason(fetcher, f"{server.url}/a")


def test_slow_server_is_given_up_in_headers_and_body(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(15):
            handler.wfile.write(b"x")
            time.sleep(0.1)

    server.answers["/a"] = drip
    fetcher = Fetcher(Limits(read=1, total=0.6), allow_private=True)
    began = time.monotonic()
    assert "took longer than 0.6 s" in reason(fetcher, f"{server.url}/a")
    assert time.monotonic() - began < 1.4


def test_unknown_and_closed_hosts(fetcher: Fetcher) -> None:
    assert "is not known" in reason(fetcher, "http://no-such-host.invalid/a")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be read" in reason(fetcher, f"http://127.0.0.1:{port}/a")


@pytest.mark.parametrize(
    "url", ["http://", "http://exa mple.org/\x00", "http://example.org:99999/a", "ftp://example.org/"]
)
def test_malformed_addresses(fetcher: Fetcher, url: str) -> None:
    assert reason(fetcher, url)


def test_robots_are_asked_once_and_obeyed(server: Server, fetcher: Fetcher) -> None:
    rules = b"User-agent: *\nDisallow: /private\n\nUser-agent: aigeo-kg\nDisallow: /not-you\n"
    server.answers["/robots.txt"] = respond(200, rules, "text/plain")
    for path in ("/a", "/private", "/not-you"):
        server.answers[path] = respond(200, b"words")
    fetcher.fetch(f"{server.url}/a")
    fetcher.fetch(f"{server.url}/private")
    assert "robots.txt asks programs to stay away" in reason(fetcher, f"{server.url}/not-you")
    assert [path for path, _, _ in server.asked] == ["/robots.txt", "/a", "/private"]


@pytest.mark.parametrize(
    "answer, allowed",
    [
        (respond(404, b"Disallow"), True),
        (respond(403, b"no"), True),
        (respond(200, b"<html>User-agent: *\nDisallow: /</html>"), True),
        (respond(301, Location="/rules"), False),
        (respond(500, b"no"), False),
    ],
    ids=["none", "forbidden", "page", "elsewhere", "in trouble"],
)
def test_robots_that_are_missing_allow(server: Server, fetcher: Fetcher, answer: Answer, allowed: bool) -> None:
    server.answers |= {"/robots.txt": answer, "/a": respond(200, b"words")}
    server.answers["/rules"] = respond(200, b"User-agent: *\nDisallow: /\n", "text/plain")
    if allowed:
        assert fetcher.fetch(f"{server.url}/a").data == b"words"
    else:
        assert "robots.txt" in reason(fetcher, f"{server.url}/a")

"""The one place that reaches out: a page by its address, within limits, and nothing on a private network.

A page may redirect, and a name may resolve, to an address inside the user's own network. So each hop's name is
resolved here, every address of it judged, and the connection made to an address that was judged, not to the name.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar
from urllib.robotparser import RobotFileParser

import httpx

from kg.errors import FetchError, QueryTimeoutError
from kg.store import within
from kg.types import Source

__all__ = ["Fetcher", "Limits"]

_T = TypeVar("_T")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Beside text/*: types that a reader exists for, and the ones that servers give to files they do not know.
_READABLE = frozenset(
    {
        "",
        "application/atom+xml",
        "application/jsonl",
        "application/octet-stream",
        "application/pdf",
        "application/rdf+xml",
        "application/rss+xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/x-ndjson",
        "application/xhtml+xml",
        "application/xml",
        "binary/octet-stream",
        "message/rfc822",
    }
)
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,text/*;q=0.9,application/pdf;q=0.8,*/*;q=0.1"


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much; seconds and bytes."""

    connect: float = 10.0
    read: float = 10.0
    total: float = 20.0
    size: int = 20_000_000
    redirects: int = 5
    robots_size: int = 500_000


@dataclass(frozen=True, slots=True)
class _Reply:
    """What one request gave. Where it leads on to another `location`, there is no body."""

    url: str
    status: int
    reason: str
    media_type: str
    location: str | None
    data: bytes


class Fetcher:
    """Fetches pages one after another, asking each host once for its robots.txt.

    Connects directly: proxies and credentials of the environment are not used.

    Parameters
    ----------
    limits : Limits
        Time and size of one fetch.
    allow_private : bool
        Reach loopback and private addresses too: for tests alone.
    """

    def __init__(self, limits: Limits | None = None, *, allow_private: bool = False) -> None:
        self.limits = limits or Limits()
        self.allow_private = allow_private
        self._robots: dict[str, RobotFileParser] = {}

    def fetch(self, url: str) -> Source:
        """The bytes at `url`, redirects followed; the source's address is the one that gave them.

        Raises
        ------
        FetchError
            The address is refused, does not answer in time, or gives no text.
        """
        cancelled = threading.Event()
        # A server may send its headers a byte at a time and never break a limit between two reads; a name may take
        # minutes to resolve. Only another thread can be left behind.
        reply = _within(
            self.limits.total,
            lambda: self._follow(url, cancelled),
            cancelled,
            FetchError(f"took longer than {self.limits.total:g} s: try later, or save the page", article=url),
        )
        if reply.status >= 400:
            raise FetchError(f"answers {reply.status} {reply.reason}: check the address", article=url)
        media_type = reply.media_type.partition(";")[0].strip().lower()
        if not media_type.startswith("text/") and media_type not in _READABLE:
            raise FetchError(f"serves {media_type}, not text: give the address of an article", article=url)
        if not reply.data.strip():
            raise FetchError("serves nothing: check the address", article=url)
        return Source(reply.url, reply.data, reply.media_type or None)

    def _follow(self, url: str, cancelled: threading.Event) -> _Reply:
        here = url
        for _ in range(self.limits.redirects + 1):
            self._check_robots(here, url, cancelled)
            reply = self._get(here, url, self.limits.size, cancelled)
            if reply.location is None:
                return reply
            here = reply.location
        raise FetchError(f"redirects more than {self.limits.redirects} times: give its final address", article=url)

    def _check_robots(self, here: str, url: str, cancelled: threading.Event) -> None:
        parsed = self._parsed(here, url)
        site = f"{parsed.scheme}://{parsed.netloc.decode()}"
        if site not in self._robots:
            self._robots[site] = self._read_robots(httpx.URL(f"{site}/robots.txt"), url, cancelled)
        if not self._robots[site].can_fetch(self.user_agent, here):
            raise FetchError(f"{site}/robots.txt asks programs to stay away: save the page as a file", article=url)

    def _read_robots(self, robots_url: httpx.URL, url: str, cancelled: threading.Event) -> RobotFileParser:
        """As RFC 9309 has it: no such file, all is allowed; a server in trouble, nothing is."""
        here = str(robots_url)
        rules = RobotFileParser()
        for _ in range(self.limits.redirects + 1):
            reply = self._get(here, url, self.limits.robots_size, cancelled, cut=True)
            if reply.location is None:
                break
            here = reply.location
        if reply.status >= 500:
            raise FetchError(f"its {robots_url} answers {reply.status} {reply.reason}: try later", article=url)
        # A file of markup is the site's front page in the place of one.
        found = reply.status == 200 and reply.location is None and "html" not in reply.media_type
        rules.parse(reply.data.decode("utf-8-sig", "replace").splitlines() if found else [])
        return rules

    def _get(self, here: str, url: str, size: int, cancelled: threading.Event, *, cut: bool = False) -> _Reply:
        """One request, to an address that was judged. A body over `size` is refused, or cut where `cut`."""
        parsed = self._parsed(here, url)
        address = self._resolve(parsed.host, parsed.port or {"http": 80, "https": 443}[parsed.scheme], url)
        timeout = httpx.Timeout(self.limits.read, connect=self.limits.connect)
        headers = {
            "Host": parsed.netloc.decode(),
            "User-Agent": self.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
        }
        try:
            with (
                httpx.Client(timeout=timeout, trust_env=False, verify=self._certificates) as client,
                client.stream(
                    "GET",
                    parsed.copy_with(host=address),
                    headers=headers,
                    # The certificate is checked against the name, though the connection goes to the address.
                    extensions={"sni_hostname": parsed.raw_host.decode()},
                ) as response,
            ):
                stated = response.headers.get("location") if response.status_code in _REDIRECTS else None
                location = str(parsed.join(stated)) if stated is not None else None
                return _Reply(
                    here,
                    response.status_code,
                    response.reason_phrase,
                    response.headers.get("content-type", ""),
                    location,
                    b"" if location is not None else self._body(response, url, size, cancelled, cut=cut),
                )
        except httpx.TimeoutException as error:
            raise FetchError(f"{parsed.host} does not answer in time: try later", article=url) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            problem = " ".join(str(error).split()) or type(error).__name__
            raise FetchError(f"{parsed.host} cannot be read ({problem}): check the address", article=url) from error

    def _body(self, response: httpx.Response, url: str, size: int, cancelled: threading.Event, *, cut: bool) -> bytes:
        body = bytearray()
        # Counted as unpacked: a small packed body may hold a large one.
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > size and cut:
                return bytes(body[:size])
            if len(body) > size:
                raise FetchError(f"is larger than {size / 10**6:g} MB: save the part you need as a file", article=url)
            if cancelled.is_set():
                return b""
        return bytes(body)

    def _resolve(self, host: str, port: int, url: str) -> str:
        """An address of `host`, every address of which may be reached."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"the host {host!r} is not known: check address and network", article=url) from error
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            if not self.allow_private and not _is_public(address):
                where = host if host == address else f"{host} ({address})"
                raise FetchError(
                    f"leads to {where}, which is on a private network: refused; save the page and give the file",
                    article=url,
                )
        return addresses[0]

    def _parsed(self, here: str, url: str) -> httpx.URL:
        try:
            parsed = httpx.URL(here)
        except httpx.InvalidURL as error:
            raise FetchError(f"is no web address ({error}): check it", article=url) from error
        if parsed.scheme not in {"http", "https"} or not parsed.host:
            raise FetchError(f"leads to {here[:100]!r}: only http and https addresses are fetched", article=url)
        if parsed.userinfo:
            raise FetchError("holds a name or password: give the address without it", article=url)
        return parsed

    @cached_property
    def user_agent(self) -> str:
        """How the tool names itself to servers, and looks itself up in robots.txt."""
        try:
            return f"aigeo-kg/{version('aigeo-kg')}"
        except PackageNotFoundError:
            return "aigeo-kg"

    @cached_property
    def _certificates(self) -> ssl.SSLContext:
        return httpx.create_ssl_context(trust_env=False)


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or _translated(ip)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a NAT64 address (RFC 6052) stands for."""
    is_nat64 = ip in ipaddress.ip_network("64:ff9b::/96")
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if is_nat64 else None


def _within(seconds: float, work: Callable[[], _T], cancelled: threading.Event, late: FetchError) -> _T:
    """What `work` gives or raises; `late` where it takes longer, and `work` is told by `cancelled` to stop."""
    try:
        return within(seconds, work)
    except QueryTimeoutError:
        cancelled.set()
        raise late from None

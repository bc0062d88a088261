"""The page in a browser: what it asks of the network, what it shows, what a reader can do with it."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from queries.picture import Picture, PictureGraph, cut
from tests.queries.pictures import HOSTILE_NAME, HOSTILE_TITLE, small, wheel

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium"),
]


@dataclass
class Opened:
    """A page that is drawn, and what it did meanwhile."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def shown(self) -> str:
        return str(self.page.text_content("#shown"))

    def panel(self) -> str:
        return str(self.page.text_content("#panel"))

    def wait_for(self, expression: str) -> None:
        """Playwright's own wait evaluates strings within the page, which the page's policy forbids."""
        for _ in range(100):
            if self.page.evaluate(expression):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"never true: {expression}")

    def click_at(self, expression: str) -> None:
        """Click the canvas where a script says that something lies, in coordinates of the graph."""
        spot = self.page.evaluate(f"canvas.network.canvasToDOM({expression})")
        self.page.locator("#network").click(position=spot)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


Opener = Callable[..., Opened]


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Opener]:
    """Opens a graph's picture from a file; at the end, no page may have asked a host or complained."""
    all_opened = []

    def show(graph: PictureGraph, *, width: int = 1280, limit: int = 300, dark: bool = False) -> Opened:
        smaller, left_out = cut(graph, limit=limit)
        path = tmp_path / "graph.html"
        Picture(smaller, "Test", left_out=left_out).write(path)
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light")
        opened = Opened(page)
        page.on("request", lambda request: opened.requests.append(request.url))
        page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: opened.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-drawn]")
        all_opened.append(opened)
        return opened

    yield show
    for opened in all_opened:
        assert [url for url in opened.requests if not url.startswith(("file:", "blob:", "data:"))] == []
        assert opened.complaints == []
        assert opened.page.evaluate("window.hurt") is None
        opened.page.close()


def test_everything_is_shown_at_first(show: Opener) -> None:
    opened = show(small())
    assert opened.shown() == "4 entities · 5 links"
    assert len(opened.requests) == 1


def test_a_script_that_tries_the_network_is_stopped(show: Opener) -> None:
    opened = show(small())
    refused = opened.page.evaluate("fetch('https://example.org/').then(() => 'sent', (error) => error.name)")
    assert refused == "TypeError"
    assert any("Content Security Policy" in words for words in opened.complaints)
    opened.complaints.clear()
    opened.requests.clear()


def test_search_offers_names_and_aliases_and_goes_there(show: Opener) -> None:
    opened = show(small())
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("nvidia corp")
    assert opened.page.locator("#suggestions li .name").all_text_contents() == ["Nvidia"]
    opened.page.keyboard.press("Enter")
    assert "Also called NVIDIA Corporation." in opened.panel()
    assert "supplied" not in opened.page.text_content("#panel h2")
    assert "inverse of supplies" in opened.panel()


def test_search_says_when_nothing_goes_by_a_name(show: Opener) -> None:
    opened = show(small())
    opened.page.fill("#search", "Atlantis")
    assert "Nothing in this picture" in opened.page.text_content("#suggestions")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel").is_hidden()


def test_the_legend_filters_classes(show: Opener) -> None:
    opened = show(small())
    opened.page.click("#classes button[data-key=COUNTRY]")
    assert opened.shown() == "2 entities · 2 links"
    assert opened.page.get_attribute("#classes button[data-key=COUNTRY]", "aria-pressed") == "false"
    opened.page.click("#reset")
    assert opened.shown() == "4 entities · 5 links"


@pytest.mark.parametrize("kind", ["actual", "planned", "ended", "denied", "curated"])
def test_the_legend_filters_kinds_of_links(show: Opener, kind: str) -> None:
    opened = show(small())
    opened.page.click(f"#kinds button[data-key={kind}]")
    assert opened.shown().endswith("4 links")


def test_relations_filter(show: Opener) -> None:
    opened = show(small())
    opened.page.click("#relations-box summary")
    opened.page.click("#relations-none")
    assert opened.shown() == "0 entities · 0 links"
    opened.page.check("#relations input[data-key=supplies]")
    assert opened.shown() == "2 entities · 1 link"


def test_the_period_leaves_what_was_published_in_it_and_what_has_no_date(show: Opener) -> None:
    opened = show(small())
    assert opened.page.text_content("#period-text") == "2024-01 – 2024-06"
    opened.page.fill("#from", "1")
    assert opened.page.text_content("#period-text") == "2024-02 – 2024-06"
    assert opened.shown().endswith("4 links")
    opened.page.fill("#to", "2")
    assert opened.shown().endswith("2 links")
    assert "Always counted: 1 article without a date." in opened.page.text_content("#period")


def test_the_score_leaves_what_is_sure_enough_and_what_is_curated(show: Opener) -> None:
    opened = show(small())
    opened.page.fill("#score", "0.95")
    assert opened.shown() == "2 entities · 1 link"


def test_a_click_on_a_link_shows_its_words(show: Opener) -> None:
    opened = show(small())
    opened.page.evaluate("['planned', 'ended', 'denied', 'curated'].forEach((k) => model.filter.kindsOff.add(k))")
    opened.page.evaluate("model.apply()")
    # The two links between the firms fan out to either side of the straight line, one left by now: meet its middle.
    supplies = "canvas.network.body.edges[model.edges.find((edge) => edge.relation === 'supplies').id]"
    opened.click_at(f"{supplies}.edgeType.getPoint(0.5)")
    opened.page.wait_for_selector("#panel blockquote")
    assert "The foundry supplies Nvidia." in opened.panel()
    for words in ("Daily Sample", "2024-01-15", "score 0.60", "2 claims in 2 articles", "2 independent sources"):
        assert words in opened.panel()


def test_a_click_on_a_node_shows_its_facts_and_leads_on(show: Opener) -> None:
    opened = show(small())
    opened.click_at("canvas.network.getPosition(model.nodes.find((n) => n.label === 'Taiwan').id)")
    opened.page.wait_for_selector("#panel h3")
    assert opened.page.locator("#panel h3").all_text_contents() == [
        "inverse of is located in 1",
        "inverse of uses 1",
        "is member of 1",
    ]
    opened.page.click("#panel .facts button:has-text('Bloc')")
    assert "memberships: member list, as of 2025-06" in opened.panel()
    opened.page.keyboard.press("Escape")
    assert opened.page.locator("#panel").is_hidden()


def test_names_and_titles_stay_text_and_scripts_are_never_linked(show: Opener) -> None:
    opened = show(small())
    opened.page.fill("#search", "foundry")
    opened.page.keyboard.press("Enter")
    assert opened.page.text_content("#panel h2") == HOSTILE_NAME
    opened.page.click("#panel h3:has-text('supplies') + ul button")
    assert HOSTILE_TITLE in opened.panel()
    links = opened.page.eval_on_selector_all("a", "found => found.map((a) => a.href)")
    assert links == ["https://example.org/chips"]
    assert opened.page.locator("#panel img, #panel script").count() == 0


def test_what_is_shown_can_be_taken_out(show: Opener, tmp_path: Path) -> None:
    opened = show(small())
    opened.page.click("#kinds button[data-key=denied]")
    with opened.page.expect_download() as download:
        opened.page.click("#save-json")
    data = json.loads(Path(download.value.path()).read_text("utf-8"))
    assert len(data["links"]) == 4
    supplies = next(link for link in data["links"] if link["relation"] == "supplies")
    assert supplies["claims"][0]["article"]["published"] == "2024-01-15"
    assert data["filter"]["linksOff"] == ["denied"]
    with opened.page.expect_download() as download:
        opened.page.click("#save-png")
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_a_phone_has_room_for_everything(show: Opener) -> None:
    opened = show(small(), width=380)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 380
    assert opened.page.locator("#controls").is_hidden()
    opened.page.click("#open-controls")
    opened.page.fill("#search", "taiwan")
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#controls").is_hidden()
    assert "Taiwan" in opened.page.text_content("#panel h2")


def test_dark_screens_get_a_dark_page(show: Opener) -> None:
    opened = show(small(), dark=True)
    assert opened.page.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor") == "rgb(20, 24, 29)"
    opened.page.emulate_media(color_scheme="light")
    opened.wait_for("canvas.network.groups.get('FIRM').color.border === '#ffffff'")


def test_nodes_can_be_let_move_where_they_are_few(show: Opener) -> None:
    opened = show(small())
    before = opened.page.evaluate("JSON.stringify(canvas.network.getPositions())")
    opened.page.click("#physics")
    opened.wait_for(f"JSON.stringify(canvas.network.getPositions()) !== {json.dumps(before)}")
    assert show(wheel(250)).page.locator("#physics").is_disabled()


def test_what_is_left_out_is_said(show: Opener) -> None:
    opened = show(wheel(120), limit=60)
    assert opened.page.text_content("#left-out").startswith("Shows 6")


def test_a_thousand_nodes_are_quickly_there(show: Opener, capsys: pytest.CaptureFixture[str]) -> None:
    opened = show(wheel(1000), limit=1000)
    drawn = int(opened.page.evaluate("document.documentElement.dataset.drawn"))
    frame = opened.page.evaluate(
        """async () => {
            const start = performance.now();
            for (let i = 0; i < 30; i += 1) {
                canvas.network.moveTo({ position: { x: i * 8, y: i * 4 } });
                await new Promise(requestAnimationFrame);
            }
            return (performance.now() - start) / 30;
        }"""
    )
    with capsys.disabled():
        print(f"\n1,000 nodes: drawn after {drawn} ms, {frame:.0f} ms a frame while panning")
    assert drawn < 10_000

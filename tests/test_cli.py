"""The command line from outside: output, messages and exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KG = Path(sys.executable).with_name("kg")


def kg(
    *words: str | Path, store: Path | None = None, stdin: str = "", folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1"} | ({"KG_STORE": str(store)} if store else {})
    return subprocess.run(
        [KG, *map(str, words)], input=stdin, capture_output=True, text=True, env=environment, cwd=folder, check=False
    )


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)


TEXT = "Nvidia sells chips to Humain, the Saudi firm. TSMC of Taiwan makes the chips that Nvidia designs.\n"


# Each row: the words of a command on the sample store, and what its one line of error says.
WRONG = [
    (["show", "Nvdia"], "nothing in the graph is called 'Nvdia'; nearest: NVIDIA"),
    (["dependencies", "TSMC", "--since", "2031", "--no-curated"], "nothing left: 0 of"),
    (["dependencies", "TSMC", "--since", "May"], "'May' is no date"),
    (["dependencies", "TSMC", "--since", "2026", "--until", "2025"], "is empty"),
    (["dependencies", "TSMC", "--relation", "sells"], "no relation is called 'sells'"),
    (["claims", "--status", "perhaps"], "no status is called 'perhaps'"),
    (["centrality", "--class", "car"], "'CAR'"),
    (["sparql", "SELECT {"], "malformed query"),
    (["sparql", "no-such-query"], "none of ours"),
    (["sparql", "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"], "nothing leaves this machine"),
    (
        ["sparql", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(?a = ?i) }", "--timeout", "0.5"],
        "no answer within 0.5 s",
    ),
    (["import", "nowhere.nq"], "there is no file nowhere.nq"),
    (["evaluate", "nowhere.txt"], "there is no file nowhere.txt"),
    (["draw", "--focus", "Nvdia"], "nearest: NVIDIA"),
    (["path", "Nvidia", "Nowhere at all"], "nothing in the graph is called"),
]


@pytest.mark.parametrize(
    "words, message", WRONG, ids=lambda value: " ".join(value)[:50] if isinstance(value, list) else None
)
def test_what_is_wrong_is_one_clear_line_and_exit_code_2(sample_store: Path, words: list[str], message: str) -> None:
    done = kg(*words, store=sample_store)
    assert done.returncode == 2, done.stderr
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


def test_wrong_usage_exits_with_2() -> None:
    assert kg("dependencies").returncode == 2
    assert kg("no-such-command").returncode == 2
    assert kg("centrality", "--measure", "fame").returncode == 2


def test_output_that_cannot_be_written_stops_with_3(sample_store: Path) -> None:
    done = kg("export", "-o", "/nonexistent/all.nq", store=sample_store)
    assert (done.returncode, done.stderr) == (3, "kg: cannot write /nonexistent/all.nq: No such file or directory\n")


def test_what_is_no_extractor_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    for name in ("nonsense", "os:getcwd", "no.such.module:make"):
        done = kg("ingest", "a.txt", "--extractor", name, folder=tmp_path)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert not (tmp_path / "kg-store").exists()


def test_a_missing_store_stops_with_3_and_the_mend() -> None:
    done = kg("status")
    assert done.returncode == 3
    assert "make one with: kg ingest" in done.stderr


def test_ingest_counts_skips_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01" * 100)
    done = kg("ingest", "good.txt", "empty.txt", "binary.txt", folder=tmp_path)
    assert done.returncode == 1
    assert "1 articles read: 1 new" in done.stdout
    assert "empty.txt" in done.stderr
    assert "binary.txt" in done.stderr
    again = kg("ingest", "good.txt", folder=tmp_path)
    assert (again.returncode, "1 unchanged" in again.stdout) == (0, True)


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    done = kg("ingest", "nowhere.txt", folder=tmp_path)
    assert done.returncode == 2
    assert "nowhere.txt" in done.stderr


def test_standard_input_a_dry_run_and_the_report_as_json(tmp_path: Path) -> None:
    done = kg("ingest", "-", "--dry-run", "--format", "json", stdin=TEXT, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["read"], report["new"]) == (1, 1)
    assert not (tmp_path / "kg-store").exists()


def test_extract_gives_offsets_into_the_very_text(tmp_path: Path) -> None:
    text = "Nvidia  sells\u00a0chips to China. “Dutch toolmaker ASML cannot sell EUV machines to China.”"
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": text}) + "\nno json\n")
    done = kg("extract", "in.jsonl", "--format", "jsonl", folder=tmp_path)
    assert done.returncode == 1
    assert "in.jsonl:2" in done.stderr
    item = json.loads(done.stdout)
    assert item["text"] == text
    names = {text[e["start"] : e["end"]] for e in item["entities"]}
    assert {"Nvidia", "China", "Dutch", "ASML"} <= names
    types = {r["type"] for r in item["relations"]}
    assert "headquarteredIn" in types


def test_forget_removes_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ntitle: First\n---\n\n{TEXT}")
    (tmp_path / "b.md").write_text(
        "---\ntitle: Second\n---\n\nASML, a Dutch firm, supplies lithography machines to Intel.\n"
    )
    kg("ingest", "a.md", folder=tmp_path)
    before = kg("export", folder=tmp_path).stdout
    kg("ingest", "b.md", folder=tmp_path)
    assert kg("export", folder=tmp_path).stdout != before
    assert kg("forget", "Second", folder=tmp_path).returncode == 0
    assert kg("export", folder=tmp_path).stdout == before
    assert kg("forget", "Second", folder=tmp_path).returncode == 2


@pytest.mark.parametrize("suffix, format", [("nq", "nquads"), ("trig", "trig")])
def test_what_is_exported_can_be_imported(sample_store: Path, tmp_path: Path, suffix: str, format: str) -> None:
    file, copy = tmp_path / f"all.{suffix}", tmp_path / "copy"
    assert kg("export", "--format", format, "-o", file, store=sample_store).returncode == 0
    assert kg("import", file, store=copy).returncode == 0
    assert kg("export", "--format", format, store=copy).stdout.encode() == file.read_bytes()


@pytest.mark.parametrize("format", ["turtle", "jsonld", "graphml", "gexf", "csv", "cypher"])
def test_every_export_is_the_same_twice(sample_store: Path, format: str) -> None:
    first = kg("export", "--format", format, store=sample_store)
    assert first.returncode == 0, first.stderr
    assert first.stdout
    assert kg("export", "--format", format, store=sample_store).stdout == first.stdout


def test_status_as_json(sample_store: Path) -> None:
    rows = json.loads(kg("status", "--format", "json", store=sample_store).stdout)["rows"]
    assert any("articles" in str(row) for row in rows)


def test_a_closed_pipe_is_no_error(sample_store: Path) -> None:
    command = f"{KG} claims --limit 5000 --store {sample_store} | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_judgements_are_listed_applied_and_taken_back(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    kg("ingest", "a.txt", folder=tmp_path)
    assert kg("judge", "Nvidia", "AMD", "same", "--who", "ann", folder=tmp_path).returncode == 0
    assert "amd  same  nvidia" in kg("judge", folder=tmp_path).stdout
    assert kg("judge", "nvidia", "amd", "--take-back", folder=tmp_path).returncode == 0
    assert kg("judge", folder=tmp_path).stdout == ""
    assert kg("judge", "nvidia", "amd", "--take-back", folder=tmp_path).returncode == 2


def test_check_finds_nothing_wrong_in_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    kg("ingest", "a.txt", folder=tmp_path)
    done = kg("check", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "no violations\n"), done.stdout[:500]

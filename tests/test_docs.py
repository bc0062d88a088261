"""The README tells the truth: every command stands in it and has help, every transcript is what is printed."""

from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kg.cli.main import app
from tests import readme

COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]
STEPS = [step for block in readme.blocks("console") for step in readme.steps(block)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    outcome = CliRunner().invoke(app, [name, "--help"])
    assert outcome.exit_code == 0
    command = get_command(app).commands[name]  # type: ignore[attr-defined]
    assert command.help
    assert all(parameter.help for parameter in command.params if parameter.name != "help"), "a parameter without help"
    assert f"`kg {name}" in readme.README.read_text(encoding="utf-8") or f"kg {name} " in readme.README.read_text(
        encoding="utf-8"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("readme")
    readme.prepare(path)
    return path


@pytest.fixture(scope="module")
def printed(folder: Path) -> dict[readme.Step, str]:
    """What each command prints; one after another, since the first makes the store that the others ask."""
    return {step: readme.run(step.command, folder) for step in STEPS}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.command[:60])
def test_a_transcript_is_what_is_printed(step: readme.Step, printed: dict[readme.Step, str]) -> None:
    assert readme.matches(step.output, printed[step]), f"{printed[step]}\n(python -m tests.readme writes it anew)"


@pytest.mark.parametrize("block", readme.blocks("pycon"))
def test_the_python_session_is_what_is_printed(
    block: str, folder: Path, printed: dict[readme.Step, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printed
    monkeypatch.chdir(folder)
    assert not readme.session(block)

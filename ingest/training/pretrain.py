"""Teach the network names and facts on public text first; the weights are a start for the project's own.

python -m ingest.training.pretrain --redocred FILE... --uner FILE... --out pretrained.pt
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from ingest.extract.wordpiece import load_wordpiece
from ingest.training.loop import Settings, fit, seed_all
from ingest.training.model import Model, load_pretrained
from ingest.training.public import read_redocred, read_uner
from ingest.training.start import encoder_folder

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Teach the network names and facts on public text.")
    parser.add_argument("--redocred", nargs="+", type=Path, required=True)
    parser.add_argument("--uner", nargs="+", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    seed_all(options.seed)
    folder = encoder_folder()
    wordpiece = load_wordpiece(folder / "vocab.txt")
    read = (read_redocred(options.redocred, wordpiece), read_uner(options.uner, wordpiece))
    samples = {task.name: found for task, found in read}
    model = Model({task.name: task.labels for task, _ in read}, len(wordpiece))
    load_pretrained(model.encoder, folder)
    for name, found in samples.items():
        pieces, facts = sum(len(s.ids) for s in found), sum(len(s.facts) for s in found)
        print(f"{name}: {len(found)} texts, {pieces} pieces, {facts} facts")

    def after_epoch(epoch: int, loss: float, seconds: float) -> bool:
        torch.save(model.shared_weights(), options.out)
        print(f"epoch {epoch + 1} of {options.epochs}: loss {loss:.3f}, {seconds:.0f} s", flush=True)
        return False

    settings = Settings(options.epochs, encoder_rate=1.5e-4, pieces=800, wrong_mentions=0.0, seed=options.seed)
    fit(model, [task for task, _ in read], lambda _: samples, settings, after_epoch)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

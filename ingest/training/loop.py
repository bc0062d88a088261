"""The training loop: several tasks side by side, one after-image of the best weights, progress as it goes."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch

from ingest.training.losses import Task, loss_of
from ingest.training.model import Model
from ingest.training.samples import Sample, batches, collate

__all__ = ["Settings", "fit", "seed_all"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how fast to learn."""

    epochs: int
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    pieces: int = 400  # a batch
    warm_up: float = 0.1  # share of the steps
    decay: float = 0.01
    wrong_mentions: float = 0.3
    seed: int = 1
    minutes: float | None = None  # after which it ends, the rate at zero; such a run never repeats itself exactly


def seed_all(seed: int) -> None:
    """The same start on every run."""
    np.random.seed(seed)
    torch.manual_seed(seed)


def fit(
    model: Model,
    tasks: Sequence[Task],
    draw: Callable[[int], Mapping[str, Sequence[Sample]]],
    settings: Settings,
    after_epoch: Callable[[int, float, float], bool],
) -> None:
    """Train on what `draw(epoch)` gives for each task, until the epochs are over or `after_epoch` says to stop.

    `after_epoch` is told the epoch, its mean loss and the seconds since the start. The learning rate rises over the
    first steps and then falls in a line to zero. Word and position embeddings stay as they are.
    """
    rng = Random(settings.seed)
    seed_all(settings.seed)
    by_name = {task.name: task for task in tasks}
    model.encoder.word.weight.requires_grad_(False)
    model.encoder.position.weight.requires_grad_(False)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=settings.decay,
        fused=True,
    )
    steps = settings.epochs * sum(
        1 for samples in draw(0).values() for _ in batches(samples, settings.pieces, Random(0))
    )
    started = time.monotonic()

    def progress(step: int) -> float:
        of_time = (time.monotonic() - started) / (60 * settings.minutes) if settings.minutes else 0.0
        return min(1.0, max(step / steps, of_time))

    def rate(step: int) -> float:
        done = progress(step)
        return min((done + 1 / steps) / settings.warm_up, (1.0 - done) / (1.0 - settings.warm_up))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    step = 0
    for epoch in range(settings.epochs):
        model.train()
        plan = [
            (name, group) for name, samples in draw(epoch).items() for group in batches(samples, settings.pieces, rng)
        ]
        rng.shuffle(plan)
        total = 0.0
        for number, (name, group) in enumerate(plan):
            if progress(step) >= 1.0:
                break
            step += 1
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(model, by_name[name], collate(group), rng, settings.wrong_mentions)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            if number % 200 == 199:
                print(
                    f"  {number + 1}/{len(plan)} loss {total / (number + 1):.3f} {time.monotonic() - started:.0f} s",
                    flush=True,
                )
        if after_epoch(epoch, total / max(1, len(plan)), time.monotonic() - started) or progress(step) >= 1.0:
            return

"""Drawing and scoring papers: pure functions of the pool, a key and the answers."""

import hashlib
import hmac
import random
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from learning.folds import Score
from learning.questions import FrozenItem, Reply, strategy_for
from ledger.canonical import canonical_json, sha256_of


def draw_paper(pool: Sequence[FrozenItem], count: int, *, key: UUID, attempt: int) -> list[FrozenItem]:
    """Return the questions of an attempt: the same key, attempt and pool always give the same paper.

    The seed is an HMAC, so nobody can foresee a paper, and for an appeal it can be drawn again. Questions that the
    register has no answer to are left out.
    """
    seed = hmac.new(key.bytes, f"attempt {attempt}".encode(), hashlib.sha256).hexdigest()
    chance = random.Random(seed)  # noqa: S311 -- repeatable by intent; the seed is secret
    askable = sorted((item for item in pool if item.has_answer), key=lambda item: item.key)
    return chance.sample(askable, min(count, len(askable)))


def score_paper(paper: Sequence[FrozenItem], answers: Mapping[str, Any]) -> tuple[Score, list[bool]]:
    """Return the score of a paper, and question by question whether it was right; what was left out is not."""
    marks = []
    for number, item in enumerate(paper, start=1):
        reply = Reply.from_json(answers.get(str(number)))
        marks.append(reply is not None and strategy_for(item.kind).is_right(item, reply))
    return Score(right=sum(marks), of=len(paper)), marks


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of a value as canonical JSON."""
    return sha256_of(canonical_json(value))

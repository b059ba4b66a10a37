"""What can be done in learning: every write is a function here, atomic. `at` is for the demonstration and for tests."""

from learning.domain.attempts import hand_in, paper_of, save_answer, score_of, start_attempt
from learning.domain.awards import erase_learner, facts_of, give_due_award, revoke_award, standing_of
from learning.domain.progress import append_record, claim_progress, record_progress, register_learner

__all__ = [
    "append_record",
    "claim_progress",
    "erase_learner",
    "facts_of",
    "give_due_award",
    "hand_in",
    "paper_of",
    "record_progress",
    "register_learner",
    "revoke_award",
    "save_answer",
    "score_of",
    "standing_of",
    "start_attempt",
]

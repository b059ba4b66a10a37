"""How questions are asked and scored: one small strategy for each kind, all on a frozen copy of the question."""

from learning.questions.frozen import FrozenItem, FrozenOption, freeze
from learning.questions.strategies import Outcome, Reply, ReplyProblem, strategy_for

__all__ = ["FrozenItem", "FrozenOption", "Outcome", "Reply", "ReplyProblem", "freeze", "strategy_for"]

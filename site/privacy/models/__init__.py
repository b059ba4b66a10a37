"""What this room stores: rules of keeping, what was done by them, tombstones, and links that prove an address."""

from privacy.models.erasures import PostponedErasure, Tombstone
from privacy.models.links import ProofLink
from privacy.models.rules import RetentionRule, RetentionRun

__all__ = ["PostponedErasure", "ProofLink", "RetentionRule", "RetentionRun", "Tombstone"]

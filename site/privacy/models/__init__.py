"""What this room stores: rules of keeping, what was done by them, tombstones, and links that prove an address."""

from privacy.models.erasures import ErasureNote, PostponedErasure, Tombstone
from privacy.models.links import ProofLink
from privacy.models.rules import RetentionRule, RetentionRun

__all__ = ["ErasureNote", "PostponedErasure", "ProofLink", "RetentionRule", "RetentionRun", "Tombstone"]

"""What a check can come to; plain enumerations, so that the offline check needs nothing else."""

from enum import StrEnum


class Outcome(StrEnum):
    """What all findings about a receipt come to."""

    PROVEN = "proven"
    NOT_SEALED = "not_sealed"
    NOT_SIGNED = "not_signed"
    BROKEN = "broken"
    UNREADABLE = "unreadable"


class Weight(StrEnum):
    """What one finding means for the receipt."""

    FITS = "fits"
    OPEN = "open"
    WRONG = "wrong"


class Problem(StrEnum):
    """Why a file cannot be read as a receipt at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_UTF8 = "not_utf8"
    NOT_JSON = "not_json"
    TOO_DEEP = "too_deep"
    NUMBER = "number"
    TWICE = "twice"
    SURROGATE = "surrogate"
    NOT_A_RECEIPT = "not_a_receipt"
    OTHER_FORMAT = "other_format"
    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong_type"
    PDF_WITHOUT = "pdf_without"


class Check(StrEnum):
    """One thing that is checked, and how it came out."""

    READABLE = "readable"
    ENTRY_FITS = "entry_fits"
    ENTRY_CHANGED = "entry_changed"
    KIND_FITS = "kind_fits"
    KIND_OTHER = "kind_other"
    REFERENCE_FITS = "reference_fits"
    REFERENCE_OTHER = "reference_other"
    ERASED = "erased"
    ERASED_AS_WISHED = "erased_as_wished"
    ERASED_IN_TIME = "erased_in_time"
    OPENING_FITS = "opening_fits"
    OPENING_CHANGED = "opening_changed"
    OPENING_UNKNOWN = "opening_unknown"
    OPENING_MISSING = "opening_missing"
    SIGNATURE_FITS = "signature_fits"
    SIGNATURE_MISSING = "signature_missing"
    SIGNATURE_CHANGED = "signature_changed"
    SIGNATURE_OTHER_KEY = "signature_other_key"
    SIGNATURE_BROKEN = "signature_broken"
    NOT_SEALED = "not_sealed"
    CHECKPOINT_FITS = "checkpoint_fits"
    CHECKPOINT_BROKEN = "checkpoint_broken"
    CHECKPOINT_OTHER_KEY = "checkpoint_other_key"
    CHECKPOINT_OTHER_RECORD = "checkpoint_other_record"
    SIZE_OTHER = "size_other"
    PROOF_FITS = "proof_fits"
    PROOF_LENGTH = "proof_length"
    PROOF_WRONG = "proof_wrong"

"""Why no last day can be given: sentences for whoever asked."""


class DeadlineError(ValueError):
    """No last day can be worked out; the text says why and what is missing."""


class RuleError(DeadlineError):
    """A rule that the law does not let anybody write: it moves a day without citing what allows it."""


class CalendarMissingError(DeadlineError):
    """The rule needs working days, and no calendar was given."""


class YearNotCoveredError(DeadlineError):
    """The calendar holds nothing about a year: no date is promised in it."""


class AdjustmentNotAllowedError(DeadlineError):
    """An extension or a pause that the rule does not allow, or more of it than it allows."""

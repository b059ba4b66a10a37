"""E-mail addresses from strangers: one address, as mail servers write it, or a sentence that says what is wrong."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = 254  # RFC 5321


def clean_address(text: str) -> str:
    """Return one address with its host in ASCII; raise ValidationError with a sentence where it is none.

    What could end the line of a header (a line break, a NUL), name a second recipient (a comma, a semicolon), hide
    itself (marks of direction, letters without width) or look like another address (letters that only look like those
    of the alphabet) is refused, never repaired.
    """
    address = text.strip(" \t")
    if any(unicodedata.category(letter).startswith("C") or letter in "\u2028\u2029" for letter in address):
        raise ValidationError(
            _("This address holds a line break or a letter that cannot be seen. Type it by hand, without copying."),
            code="invisible",
        )
    if address.count("@") > 1 or any(sign in address for sign in ",;<>"):
        raise ValidationError(
            _("Write one address only, without a name, a comma or brackets, such as name@example.org."), code="several"
        )
    name, _at, host = address.rpartition("@")
    if not name.isascii():
        raise ValidationError(
            _("The part before the @ holds a letter that most mail servers do not accept. Give another address."),
            code="letters",
        )
    if len(address) > LONGEST:
        raise ValidationError(_("This address is longer than any e-mail address can be."), code="long")
    cleaned = f"{name}@{_host_in_ascii(host)}"
    try:
        validate_email(cleaned)
    except ValidationError as error:
        raise _incomplete() from error
    if host.startswith("["):
        raise _incomplete()
    return cleaned


def _host_in_ascii(host: str) -> str:
    """Return the name of a mail server as it is looked up; "bücher.example" becomes "xn--bcher-kva.example"."""
    if host.isascii():
        return host
    if unicodedata.normalize("NFKC", host) != host:
        raise ValidationError(
            _("The part after the @ holds a sign that only looks like a letter. Type it by hand."), code="lookalike"
        )
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _incomplete() from error


def _incomplete() -> ValidationError:
    return ValidationError(_("This is not a complete e-mail address. It looks like name@example.org."), code="invalid")


class AddressField(forms.EmailField):
    """The field of a form in which somebody gives an address to which we may write."""

    default_validators: list[Any] = []  # clean_address asks more than Django's own, and says what is wrong
    default_error_messages = {
        "invalid": gettext_lazy("This is not a complete e-mail address. It looks like name@example.org.")
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Return the address, or nothing where nothing was typed."""
        address = super().to_python(value)
        return clean_address(address) if address else ""

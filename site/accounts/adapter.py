"""What the sign-in library asks this site: who may sign up, where to go next, how mail is sent and secrets are kept."""

import base64
import logging
from functools import lru_cache
from smtplib import SMTPException
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.sites.shortcuts import get_current_site
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from qrcode.main import QRCode

from accounts.letters import Letter, address_letter, post_office, remember_letter
from accounts.models import User
from accounts.permissions import user_can_enter_admin
from design.languages import current_code
from design.publisher import mail_sender

logger = logging.getLogger(__name__)


_WRONG_CODE = gettext_lazy("This code is not right. Check it and type it again.")


class AccountAdapter(DefaultAccountAdapter):
    """Answers for accounts."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _WRONG_CODE,
        "email_password_mismatch": gettext_lazy(
            "Address and password do not belong together. Check both and try again."
        ),
        "too_many_login_attempts": gettext_lazy("There were too many attempts. Wait a few minutes and try again."),
        "incorrect_password": gettext_lazy("This is not your password. Check it and type it again."),
        "enter_current_password": gettext_lazy("This is not your password. Check it and type it again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return whether anybody may make an account."""
        return bool(settings.SIGN_UP_OPEN)

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Save somebody who signs up; messages will come in the language they signed up in."""
        user.language = current_code()
        saved: User = super().save_user(request, user, form, commit)
        return saved

    def get_from_email(self) -> str:
        """Return from whom mail about accounts comes, in the language in which it is written."""
        return mail_sender(current_code())

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes who asked for no page: officials to their work, others to their account."""
        if user_can_enter_admin(request.user):
            return reverse("wagtailadmin_home")
        return reverse("accounts:overview")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes with a new account."""
        return reverse("accounts:overview")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Give a code or a notice to the post office, which keeps it in the transaction of the act (`middleware.py`).

        Without a post office it is sent at once; where mail fails then, the page says so instead of breaking.
        """
        office = post_office()
        if office is not None:
            letter = self._write_letter(template_prefix, email, context)
            office.post(letter)
            remember_letter(_current_request(), letter)
            return
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            logger.exception("A message of the sign-in pages could not be sent (%s).", template_prefix)
            request = _current_request()
            if request is not None:
                messages.error(request, _("The message could not be sent just now. Please try again in a few minutes."))

    def _write_letter(self, template_prefix: str, email: str, words: dict[str, Any]) -> Letter:
        """Return a letter as the library would send it, in the language of the page."""
        request = _current_request()
        values = {"request": request, "email": email, "current_site": get_current_site(request), **words}
        mail = self.render_mail(template_prefix, email, values)
        return address_letter(
            template_prefix, email, subject=str(mail.subject), text=str(mail.body), context=words, request=request
        )


class MFAAdapter(DefaultMFAAdapter):
    """Answers for second factors."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, "incorrect_code": _WRONG_CODE}

    def build_totp_svg(self, url: str) -> str:
        """Return the code to scan as an SVG element of the page: the policy of the site allows no data images."""
        code = QRCode(border=4)
        code.add_data(url)
        code.make()
        size = len(code.get_matrix())
        squares = "".join(
            f"M{x},{y}h1v1h-1z" for y, row in enumerate(code.get_matrix()) for x, is_dark in enumerate(row) if is_dark
        )
        return format_html(
            '<svg class="qr-code" role="img" aria-label="{label}" width="232" height="232" viewBox="0 0 {size} {size}"'
            ' shape-rendering="crispEdges"><path fill="#fff" d="M0,0h{size}v{size}h-{size}z"/>'
            '<path fill="#000" d="{squares}"/></svg>',
            label=_("Code to scan with your authenticator app"),
            size=size,
            squares=squares,
        )

    def encrypt(self, text: str) -> str:
        """Return a secret as it is kept in the database: a copy of the database opens no account."""
        return _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that was kept with the present key or with one of those before it."""
        return _cipher(settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS).decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return what a passkey is bound to: the host name, shown with the name of the site."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.WAGTAIL_SITE_NAME}


@lru_cache(maxsize=4)
def _cipher(*keys: str) -> MultiFernet:
    """Return what encrypts with the first of the site's keys and decrypts with any of them."""
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"accounts.second_factor")
    return base64.urlsafe_b64encode(derivation.derive(key.encode()))


def _current_request() -> HttpRequest | None:
    request: HttpRequest | None = context.request
    return request

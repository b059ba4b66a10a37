"""The forms of the sign-in pages, in the words of this site; what they do is the sign-in library's."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

_PASSWORD_HINT = _("At least 12 characters. Three words that do not belong together make a good one.")


class Worded:
    """Gives fields their labels and hints, and takes away the placeholders: a hint that vanishes is none."""

    labels: ClassVar[dict[str, Any]] = {
        "login": _("E-mail address"),
        "email": _("E-mail address"),
        "password": _("Password"),
        "password1": _("Password"),
        "oldpassword": _("Your password now"),
        "remember": _("Keep me signed in on this device"),
        "code": _("Code"),
        "name": _("Name of the key"),
        "passwordless": _("Let me sign in with this key alone"),
    }
    hints: ClassVar[dict[str, Any]] = {"password": "", "oldpassword": ""}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                field.label = self.labels[name]
            hints = {**Worded.hints, **self.hints}
            if name in hints:
                field.help_text = hints[name]
        if "code" in self.fields:
            self.fields["code"].widget.attrs.update({"inputmode": "text", "autocapitalize": "characters"})


class OneTyping(Worded):
    """Asks for a new password once: browsers show what is typed, and a reset is a minute away."""

    labels: ClassVar[dict[str, Any]] = {**Worded.labels, "password1": _("New password")}
    hints: ClassVar[dict[str, Any]] = {"password1": _PASSWORD_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)


class LoginForm(Worded, account.LoginForm):
    """Sign in with address and password."""


class SignupForm(Worded, account.SignupForm):
    """Make an account."""

    hints: ClassVar[dict[str, Any]] = {
        "email": _("We send a code there to make sure that it is yours."),
        "password1": _PASSWORD_HINT,
    }


class RequestLoginCodeForm(Worded, account.RequestLoginCodeForm):
    """Ask for a sign-in code by mail."""

    def clean_email(self) -> str:
        """Return the address; somebody whom an administrator has added has it on record from now, to be confirmed."""
        address: str = super().clean_email()
        if self._user is not None:
            sync_user_email_address(self._user)
        return address


class ConfirmLoginCodeForm(Worded, account.ConfirmLoginCodeForm):
    """Sign in with the code."""


class ConfirmEmailVerificationCodeForm(Worded, account.ConfirmEmailVerificationCodeForm):
    """Prove that an address is one's own."""


class ConfirmPasswordResetCodeForm(Worded, account.ConfirmPasswordResetCodeForm):
    """Prove that one may set a new password."""


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Ask for a new password."""


class ResetPasswordKeyForm(OneTyping, account.ResetPasswordKeyForm):
    """Set a new password after a reset."""


class ChangePasswordForm(OneTyping, account.ChangePasswordForm):
    """Change one's password."""


class SetPasswordForm(OneTyping, account.SetPasswordForm):
    """Set a password where there was none."""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """Type the password again before a change that matters."""


class AddEmailForm(Worded, account.AddEmailForm):
    """Change one's address."""

    labels: ClassVar[dict[str, Any]] = {"email": _("New e-mail address")}


class ChangeEmailForm(Worded, account.ChangeEmailForm):
    """Mend an address that was mistyped while signing up."""


class AuthenticateForm(Worded, mfa.AuthenticateForm):
    """Show the second factor while signing in."""

    hints: ClassVar[dict[str, Any]] = {
        "code": _("Six digits from your authenticator app, or one of your recovery codes.")
    }


class ReauthenticateCodeForm(Worded, mfa.ReauthenticateForm):
    """Show the second factor again before a change that matters."""

    hints: ClassVar[dict[str, Any]] = AuthenticateForm.hints


class ActivateTOTPForm(Worded, totp.ActivateTOTPForm):
    """Set up an authenticator app."""

    labels: ClassVar[dict[str, Any]] = {"code": _("Code from the app")}
    hints: ClassVar[dict[str, Any]] = {"code": _("Six digits, which the app renews every half minute.")}


class AddWebAuthnForm(Worded, webauthn.AddWebAuthnForm):
    """Add a passkey or security key."""

    hints: ClassVar[dict[str, Any]] = {
        "name": _("For you to tell your keys apart, such as “Phone” or “Key in the office”."),
        "passwordless": _("The device then asks for your fingerprint, face or PIN."),
    }


class EditWebAuthnForm(Worded, webauthn.EditWebAuthnForm):
    """Rename a key."""

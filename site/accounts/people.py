"""People in the admin: forms without passwords, with roles in words instead of a list of groups."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.users import forms as wagtail_forms
from wagtail.users.views import users as wagtail_views

from accounts.domain import reset_second_factor
from accounts.http import AuthenticatedHttpRequest
from accounts.models import User
from accounts.permissions import user_can_manage_person, user_can_reset_second_factor
from accounts.roles import CHARTERS, Role


class RolesField(forms.ModelMultipleChoiceField):
    """The groups of a person; those that are roles come with what they may and may not do."""

    def label_from_instance(self, obj: Group) -> str | SafeString:
        """Return the role in words, or the name of a group that is none."""
        if obj.name not in Role.values:
            return obj.name
        role = Role(obj.name)
        charter = CHARTERS[role]
        return format_html("<span><strong>{}.</strong> {} {}</span>", role.label, charter.may, charter.may_not)


class PersonFields(forms.ModelForm):
    """What both forms have in common."""

    groups = RolesField(
        queryset=Group.objects.order_by("id"), required=False, label=_("Roles"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Whoever runs the machine makes superusers there; here everybody has roles.
        self.fields.pop("is_superuser", None)
        self.fields["email"].help_text = _("The person signs in with it; the first time with a code sent to it.")

    def clean_email(self) -> str:
        """Return the address in small letters, as it is kept."""
        return User.objects.normalize_email(self.cleaned_data["email"])


class PersonCreationForm(PersonFields, wagtail_forms.UserCreationForm):
    """Somebody new; they get no password from anybody, but sign in with a code by mail and may set one then."""

    class Meta(wagtail_forms.UserCreationForm.Meta):
        fields: ClassVar = ("email", "first_name", "last_name", "language", "groups")


class PersonEditForm(PersonFields, wagtail_forms.UserEditForm):
    """Somebody who has an account."""

    class Meta(wagtail_forms.UserEditForm.Meta):
        fields: ClassVar = ("email", "first_name", "last_name", "language", "is_active", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.pop("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]


class EditView(wagtail_views.EditView):
    """Edits a person; a superuser is edited by superusers only, or an administrator could become one by mail."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse, or go on."""
        if not user_can_manage_person(request.user, self.object):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


@require_http_methods(["GET", "POST"])
def confirm_reset(request: AuthenticatedHttpRequest, person_id: int) -> HttpResponse:
    """Ask whether somebody's second factors shall go, and take them away."""
    person = get_object_or_404(User, pk=person_id)
    if not user_can_reset_second_factor(request.user, person):
        raise PermissionDenied
    if request.method == "POST":
        reset_second_factor(person, actor=request.user)
        messages.success(request, _("%(person)s can set up a second factor anew.") % {"person": person})
        return redirect("wagtailusers_users:edit", person.pk)
    return render(request, "accounts/people/reset_second_factor.html", {"person": person})


class PersonViewSet(wagtail_views.UserViewSet):
    """The list of people, and the pages to add and change them."""

    edit_view_class = EditView
    create_template_name = "wagtailadmin/generic/form.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return our forms."""
        return PersonEditForm if for_update else PersonCreationForm

"""How forms look: one renderer for every form of the site, so that no template writes a field by hand."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders forms as question pages: error summary on top, hint under the label, error above the control.

    Django adds `aria-invalid` and `aria-describedby` to the controls; the ids they name are in `field.html`.
    """

    form_template_name = "design/forms/form.html"
    field_template_name = "design/forms/field.html"

"""Plants the tree of pages that every register begins with, in three languages: home, the sections, about the site.

The texts are in `0002_first_pages.json`; editors change them in the administration afterwards.
"""

import json
import uuid
from pathlib import Path
from typing import Any

from django.db import migrations

LANGUAGES = ("en", "fr", "ru")
IN_MENU = {"consultations", "requests", "explainers", "learning"}
# Sections whose first page is of a type of its own: app and model.
INDEXES = {
    "consultations": ("consultations", "ConsultationIndexPage"),
    "explainers": ("explainers", "ExplainerIndexPage"),
    "learning": ("learning", "LearningIndexPage"),
    "requests": ("inforequests", "RequestIndexPage"),
}


def plant_pages(apps: Any, schema_editor: Any) -> None:
    """Make one home page for each language below the root, and the same pages below each, as translations."""
    texts = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    page_model = apps.get_model("wagtailcore", "Page")
    home_model = apps.get_model("portal", "HomePage")
    standard_model = apps.get_model("portal", "StandardPage")
    site_model = apps.get_model("wagtailcore", "Site")
    type_model = apps.get_model("contenttypes", "ContentType")
    locale_model = apps.get_model("wagtailcore", "Locale")

    # Wagtail's own "Welcome" page and its site make room.
    site_model.objects.all().delete()
    page_model.objects.filter(depth=2).delete()
    home_type, _made = type_model.objects.get_or_create(app_label="portal", model="homepage")
    indexes = {
        slug: (apps.get_model(label, name), type_model.objects.get_or_create(app_label=label, model=name.lower())[0])
        for slug, (label, name) in INDEXES.items()
    }
    standard_type, _made = type_model.objects.get_or_create(app_label="portal", model="standardpage")
    keys = {slug: uuid.uuid4() for slug in texts["pages"]}
    slugs = [slug for slug in texts["pages"] if slug != "home"]

    for place, language in enumerate(LANGUAGES, start=1):
        locale, _made = locale_model.objects.get_or_create(language_code=language)
        home_slug = "home" if language == LANGUAGES[0] else f"home-{language}"
        path = f"0001{place:04}"
        words = texts["pages"]["home"][language]
        home = home_model.objects.create(
            **_page(words, home_slug, f"/{home_slug}/", path, 2, len(slugs), locale, keys["home"], home_type)
        )
        if language == LANGUAGES[0]:
            site_model.objects.create(hostname="localhost", port=80, root_page_id=home.pk, is_default_site=True)
        for number, slug in enumerate(slugs, start=1):
            words = texts["pages"][slug][language]
            index_model, kind = indexes.get(slug, (None, standard_type))
            page = _page(words, slug, f"/{home_slug}/{slug}/", f"{path}{number:04}", 3, 0, locale, keys[slug], kind)
            page["show_in_menus"] = slug in IN_MENU
            if index_model is not None:
                index_model.objects.create(**page)
            else:
                body = [{**block, "id": str(uuid.uuid4())} for block in words["body"]]
                standard_model.objects.create(**page, body=json.dumps(body))
    page_model.objects.filter(depth=1).update(numchild=len(LANGUAGES))
    apps.get_model("portal", "Authority").objects.create(pk=1, **texts["authority"])


def _page(
    words: Any, slug: str, url_path: str, path: str, depth: int, children: int, locale: Any, key: uuid.UUID, kind: Any
) -> dict[str, Any]:
    """Return the fields that every page has."""
    return {
        "title": words["title"],
        "draft_title": words["title"],
        "introduction": words["introduction"],
        "slug": slug,
        "url_path": url_path,
        "path": path,
        "depth": depth,
        "numchild": children,
        "locale": locale,
        "translation_key": key,
        "content_type": kind,
        "live": True,
    }


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0001_initial"),
        ("consultations", "0001_initial"),
        ("explainers", "0001_initial"),
        ("inforequests", "0001_initial"),
        ("learning", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(plant_pages, migrations.RunPython.noop)]

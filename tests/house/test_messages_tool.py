"""The catalogues' tool finds exactly what Django looks up, keeps what translators wrote, and refuses what fails."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import polib
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import Settings

from portal.catalogues.catalogue import catalogue_path, compile_catalogue, entry_key, update_catalogue
from portal.catalogues.checks import check_agreement, check_catalogue
from portal.catalogues.sources import Message, read_package, read_python, read_template

MARK = "¡%s!"


def message_keys(messages: list[Message]) -> list[tuple[str, str, str]]:
    return [(message.context, message.singular, message.plural) for message in messages]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "area" / "small"
    (folder / "templates").mkdir(parents=True)
    return folder


def write_module(package: Path, text: str, name: str = "views.py") -> None:
    (package / name).write_text(dedent(text), "utf-8")


def fill_in(package: Path, language: str, translations: dict[str, str | list[str]]) -> Path:
    path = catalogue_path(package, language)
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        given = translations.get(entry.msgid)
        if isinstance(given, list):
            entry.msgstr_plural = dict(enumerate(given))
        elif given is not None:
            entry.msgstr = given
    catalogue.save()
    return path


def update(package: Path, language: str = "ru") -> None:
    messages, _ = read_package(package, relative_to=package.parent)
    update_catalogue(package, language, messages)


def problems(package: Path, language: str = "ru") -> list[str]:
    messages, found = read_package(package, relative_to=package.parent)
    found += check_catalogue(package, language, messages, relative_to=package.parent)
    return [problem.sentence for problem in found]


# --- What is found ----------------------------------------------------------------------------------------------------


def test_every_function_of_django_is_read_under_any_name() -> None:
    text = dedent(
        """
        from django.utils import translation
        from django.utils.translation import gettext as _, gettext_lazy, ngettext, ngettext_lazy as n_
        from django.utils.translation import gettext_noop, npgettext, npgettext_lazy, pgettext as p, pgettext_lazy
        from other import ugettext

        A = _("one")
        B = gettext_lazy("two "
                         "halves")
        C = ngettext("%(n)s file", "%(n)s files", 3)
        D = n_("%(n)s day", "%(n)s days", "n")
        E = p("month", "May")
        F = pgettext_lazy(context="verb", message="May")
        G = npgettext("post", "%(n)s letter", "%(n)s letters", 2)
        H = npgettext_lazy("post", "%(n)s card", "%(n)s cards", 2)
        I = gettext_noop("later")
        J = translation.gettext("through the module")
        K = ugettext("not ours")
        L = [_ for _ in ("not a call",)]
        """
    )
    messages, wrong = read_python(text, source="views.py")
    assert wrong == []
    assert message_keys(messages) == [
        ("", "one", ""),
        ("", "two halves", ""),
        ("", "%(n)s file", "%(n)s files"),
        ("", "%(n)s day", "%(n)s days"),
        ("month", "May", ""),
        ("verb", "May", ""),
        ("post", "%(n)s letter", "%(n)s letters"),
        ("post", "%(n)s card", "%(n)s cards"),
        ("", "later", ""),
        ("", "through the module", ""),
    ]


@pytest.mark.parametrize(
    "call", ['_(f"{name} left.")', '_("%(n)s left." % {"n": 1})', '_("{} left.".format(1))', '_("left " + name)']
)
def test_text_built_before_it_is_looked_up_is_refused(call: str) -> None:
    messages, wrong = read_python(
        f"from django.utils.translation import gettext as _\nname = 'x'\n{call}", source="a.py"
    )
    assert messages == []
    assert [str(problem) for problem in wrong] == [
        "a.py:3: gettext() is given a built string; give it one literal and fill it in with %."
    ]


def test_a_placeholder_without_a_name_is_refused() -> None:
    _, wrong = read_python("from django.utils.translation import gettext as _\n_('%s left')", source="a.py")
    assert [problem.sentence for problem in wrong] == [
        "A placeholder has no name: write %(name)s, so that a translator may move it."
    ]


def test_a_module_that_cannot_be_read_is_named_and_the_others_go_on(package: Path) -> None:
    write_module(package, "from django.utils import translation\ndef (", "broken.py")
    write_module(package, "from django.utils.translation import gettext as _\n_('whole')")
    messages, wrong = read_package(package, relative_to=package.parent)
    assert message_keys(messages) == [("", "whole", "")]
    assert [problem.place for problem in wrong] == ["small/broken.py:2"]


TEMPLATES = {
    "translate": '{% translate "Simple" %}',
    "trans": "{% trans 'Older tag' %}",
    "apostrophe": """{% translate "It's open" %}""",
    "percent": '{% translate "100% measured" %}',
    "context": '{% translate "May" context "month" %}',
    "as": '{% translate "Kept" as kept %}{{ kept }}',
    "filtered": '{% translate "lower me"|upper %}',
    "variable": '{{ _("In a variable") }}',
    "argument": '{{ nothing|default:_("None given") }}',
    "condition": '{% if word == _("in a condition") %}{% endif %}{{ _("in a condition") }}',
    "block": "{% blocktranslate %}Whole {{ name }} sentence.{% endblocktranslate %}",
    "blocktrans": "{% blocktrans %}Older block.{% endblocktrans %}",
    "block_percent": "{% blocktranslate %}{{ name }} is 50% done{% endblocktranslate %}",
    "with": "{% blocktranslate with n=name|upper %}Hello {{ n }}{% endblocktranslate %}",
    "trimmed": "{% blocktranslate trimmed %}\n  Two lines\n  of one sentence.\n{% endblocktranslate %}",
    "block_context": '{% blocktranslate context "verb" %}May{% endblocktranslate %}',
    "count": "{% blocktranslate count n=three %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
    "count_trimmed_context": (
        '{% blocktranslate count n=three context "clock" trimmed %}\n {{ n }} hour\n{% plural %}\n {{ n }} hours\n'
        "{% endblocktranslate %}"
    ),
    "quotes": "{% blocktranslate %}Say \"yes\" or 'no' \\ now{% endblocktranslate %}",
}


def forget_catalogues() -> None:
    """Django offers no public way to have catalogues read anew."""
    vars(trans_real)["_translations"].clear()


@pytest.fixture
def marked_language(package: Path, settings: Settings) -> Iterator[Path]:
    """A catalogue in which every translation is its own key between marks, loaded by Django."""
    for name, template in TEMPLATES.items():
        (package / "templates" / f"{name}.html").write_text(template, "utf-8")
    update(package)
    path = catalogue_path(package, "ru")
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, MARK % entry.msgid_plural)
        else:
            entry.msgstr = MARK % entry.msgid
    catalogue.save()
    compile_catalogue(path)
    settings.LOCALE_PATHS = [str(package / "locale")]
    forget_catalogues()
    yield path
    forget_catalogues()


@pytest.mark.parametrize("name", TEMPLATES)
def test_django_finds_each_string_of_a_template(name: str, marked_language: Path) -> None:
    template = Engine(builtins=["django.templatetags.i18n"]).from_string(TEMPLATES[name])
    values = {"name": "Anna", "three": 3, "word": "?"}
    with translation.override("ru"):
        shown = template.render(Context(values, autoescape=False))
    expected = {
        "translate": "Simple",
        "trans": "Older tag",
        "apostrophe": "It's open",
        "percent": "100% measured",
        "context": "May",
        "as": "Kept",
        "filtered": "LOWER ME",
        "variable": "In a variable",
        "argument": "None given",
        "condition": "in a condition",
        "block": "Whole Anna sentence.",
        "blocktrans": "Older block.",
        "block_percent": "Anna is 50% done",
        "with": "Hello ANNA",
        "trimmed": "Two lines of one sentence.",
        "block_context": "May",
        "count": "3 days",
        "count_trimmed_context": "3 hours",
        "quotes": "Say \"yes\" or 'no' \\ now",
    }
    assert shown == MARK % expected[name]


def test_each_template_string_has_one_entry(marked_language: Path) -> None:
    keys = {entry_key(entry) for entry in polib.pofile(str(marked_language))}
    assert len(keys) == len(TEMPLATES)


def test_text_after_a_comment_or_inside_verbatim_is_left_alone() -> None:
    text = """
    {# {% translate "a" %} #} {% comment %}{% translate "b" %}{% endcomment %} gettext("c")
    {% verbatim %}{{ _("d") }}{% endverbatim %}
    """
    messages, _ = read_template(text, source="a.html")
    assert message_keys(messages) == []


@pytest.mark.parametrize("expression", ["name|lower", "person.name"])
def test_an_expression_inside_a_block_is_refused_because_django_shows_nothing_for_it(expression: str) -> None:
    text = "{% blocktranslate %}Hello {{ " + expression + " }}{% endblocktranslate %}"
    _, wrong = read_template(text, source="a.html")
    assert [str(problem) for problem in wrong] == [
        f"a.html:1: {{{{ {expression} }}}} inside blocktranslate is shown as nothing: give it a name with `with`."
    ]


def test_a_template_that_cannot_be_read_is_named() -> None:
    _, wrong = read_template("{% blocktranslate %}{% if a %}{% endif %}{% endblocktranslate %}", source="a.html")
    assert [problem.place for problem in wrong] == ["a.html"]


# --- What is kept -----------------------------------------------------------------------------------------------------


def test_a_second_update_changes_no_byte(package: Path) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('b')\n_('a')\n_('b')")
    update(package)
    first = catalogue_path(package, "ru").read_bytes()
    update(package)
    assert catalogue_path(package, "ru").read_bytes() == first
    assert [entry.msgid for entry in polib.pofile(str(catalogue_path(package, "ru")))] == ["b", "a"]


def test_translations_stay_and_strings_out_of_use_go(package: Path) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('stays')\n_('goes for ever')")
    update(package)
    fill_in(package, "ru", {"stays": "остаётся", "goes for ever": "уходит"})
    write_module(package, "from django.utils.translation import gettext as _\n_('new')\n_('stays')")
    update(package)
    entries = polib.pofile(str(catalogue_path(package, "ru")))
    assert [(entry.msgid, entry.msgstr) for entry in entries] == [("new", ""), ("stays", "остаётся")]


def test_a_reworded_string_keeps_its_translation_until_somebody_confirms_it(package: Path) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('The comment was recieved.')")
    update(package)
    fill_in(package, "ru", {"The comment was recieved.": "Замечание получено."})
    write_module(package, "from django.utils.translation import gettext as _\n_('The comment was received.')")
    update(package)
    update(package)
    (entry,) = polib.pofile(str(catalogue_path(package, "ru")))
    assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (
        "Замечание получено.",
        True,
        "The comment was recieved.",
    )
    assert problems(package) == [
        "“The comment was received.” has a guessed translation: confirm it and take the mark fuzzy away."
    ]


def test_the_header_has_the_plural_rule_and_no_date(package: Path) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('a')")
    update(package, "fr")
    metadata = polib.pofile(str(catalogue_path(package, "fr"))).metadata
    assert metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"
    assert "POT-Creation-Date" not in metadata


def test_a_package_without_strings_gets_no_catalogue(package: Path) -> None:
    write_module(package, "A = 1")
    update(package)
    assert not catalogue_path(package, "ru").exists()
    assert problems(package) == []


# --- What is refused --------------------------------------------------------------------------------------------------


def test_a_missing_catalogue_a_new_and_an_unused_string_are_each_named(package: Path) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('old')")
    assert problems(package) == ["There is no catalogue for 1 strings: run `messages update`."]
    update(package)
    write_module(package, "from django.utils.translation import gettext as _\n_('something else')")
    assert problems(package) == [
        "“something else” (small/views.py) is not in it: run `messages update`.",
        "“old” is no longer used: run `messages update`.",
    ]


def test_a_string_without_a_translation_is_named(package: Path) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('open')\n_('closed')")
    update(package)
    fill_in(package, "ru", {"open": "открыто"})
    assert problems(package) == ["“closed” has no translation."]


def test_a_plural_with_one_form_missing_has_no_translation(package: Path) -> None:
    write_module(package, "from django.utils.translation import ngettext as n\nn('%(n)s day', '%(n)s days', 2)")
    update(package)
    fill_in(package, "ru", {"%(n)s day": ["%(n)s день", "%(n)s дня", ""]})
    assert problems(package) == ["“%(n)s day” has no translation."]


@pytest.mark.parametrize(
    ("translated", "sentence"),
    [
        ("Осталось %(day)s.", "“%(days)s left.” differs in its placeholders: %(day)s, %(days)s."),
        ("Осталось.", "“%(days)s left.” differs in its placeholders: %(days)s."),
        ("Осталось %(days).", "“%(days)s left.” differs in its placeholders: %(days), %(days)s."),
        ("Осталось %(days)s, 5 %", "“%(days)s left.” cannot be filled in: a percent sign is written %% there."),
    ],
)
def test_placeholders_that_would_fail_are_named(package: Path, translated: str, sentence: str) -> None:
    write_module(package, "from django.utils.translation import gettext as _\n_('%(days)s left.')")
    update(package)
    fill_in(package, "ru", {"%(days)s left.": translated})
    assert problems(package) == [sentence]


def test_a_russian_singular_needs_its_number_because_it_also_stands_for_21(package: Path) -> None:
    write_module(package, "from django.utils.translation import ngettext as n\nn('One day', '%(n)s days', 2)")
    update(package)
    fill_in(package, "ru", {"One day": ["Один день", "%(n)s дня", "%(n)s дней"]})
    assert problems(package) == ["“One day” (plural form 0) differs in its placeholders: %(n)s."]
    update(package, "fr")
    fill_in(package, "fr", {"One day": ["Un jour", "%(n)s jours"]})
    assert problems(package, "fr") == []


def test_two_packages_that_translate_one_string_in_two_ways_are_named(tmp_path: Path) -> None:
    catalogues = {}
    for name, translated in {"one": "реестр", "two": "регистр"}.items():
        folder = tmp_path / name
        folder.mkdir()
        write_module(folder, "from django.utils.translation import gettext as _\n_('register')")
        update(folder)
        path = fill_in(folder, "ru", {"register": translated})
        catalogues[path] = polib.pofile(str(path))
    assert [str(problem) for problem in check_agreement(catalogues, relative_to=tmp_path)] == [
        "two/locale/ru/LC_MESSAGES/django.po: “register” is translated in another way in "
        "one/locale/ru/LC_MESSAGES/django.po: use one translation, or give each its context (pgettext)."
    ]


def test_a_package_nobody_knows_is_answered_with_those_there_are() -> None:
    with pytest.raises(CommandError, match=r"^No package is called nowhere\. There are: accounts, "):
        call_command("messages", "check", "nowhere")

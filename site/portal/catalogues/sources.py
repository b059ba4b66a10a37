"""Finds every string marked for translation in one package, under the very key that Django looks up at run time."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import unescape_string_literal
from django.utils.translation.template import templatize

# The functions of django.utils.translation, each with what its leading arguments mean.
_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "gettext": ("singular",),
    "gettext_lazy": ("singular",),
    "gettext_noop": ("singular",),
    "ngettext": ("singular", "plural"),
    "ngettext_lazy": ("singular", "plural"),
    "pgettext": ("context", "singular"),
    "pgettext_lazy": ("context", "singular"),
    "npgettext": ("context", "singular", "plural"),
    "npgettext_lazy": ("context", "singular", "plural"),
}
_MODULE = "django.utils.translation"
_KEYWORDS = {"message": "singular", "singular": "singular", "plural": "plural", "context": "context"}
_TEMPLATE_SUFFIXES = {".html", ".txt", ".xml"}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(_|n?p?gettext)\(({_LITERAL}(?:\s*,\s*{_LITERAL})*)\s*(?:,\s*count\s*)?\)", re.DOTALL
)


@dataclass(frozen=True)
class Message:
    """One string for translators; context and singular together are its key, as in Django's catalogues."""

    singular: str
    plural: str = ""
    context: str = ""
    source: str = ""
    line: int = 0

    @property
    def key(self) -> tuple[str, str]:
        """The pair under which a catalogue holds the string."""
        return (self.context, self.singular)


@dataclass(frozen=True)
class Problem:
    """Something a person has to mend, with the place and a sentence."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def read_package(package: Path, *, relative_to: Path) -> tuple[list[Message], list[Problem]]:
    """Every marked string of the package's modules and templates, in a fixed order, and the marks that cannot work."""
    messages: list[Message] = []
    problems: list[Problem] = []
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if "migrations" in parts or "__pycache__" in parts or not path.is_file():
            continue
        source = path.relative_to(relative_to).as_posix()
        if path.suffix == ".py":
            found, wrong = read_python(path.read_text("utf-8"), source=source)
        elif path.suffix in _TEMPLATE_SUFFIXES and "templates" in parts:
            found, wrong = read_template(path.read_text("utf-8"), source=source)
        else:
            continue
        messages += found
        problems += wrong
    return messages, problems


def read_python(text: str, *, source: str) -> tuple[list[Message], list[Problem]]:
    """The marked strings of a module; names are followed through its imports, so any alias is understood."""
    if "translation" not in text:  # neither imports the module nor a function of it
        return [], []
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return [], [Problem(f"{source}:{error.lineno}", f"The module cannot be read: {error.msg}.")]
    names, modules = _translation_names(tree)
    messages: list[Message] = []
    problems: list[Problem] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = _called_function(node.func, names, modules)
        if function is None:
            continue
        place = f"{source}:{node.lineno}"
        given: dict[str, ast.expr] = dict(zip(_ARGUMENTS[function], node.args, strict=False))
        given |= {_KEYWORDS[word.arg]: word.value for word in node.keywords if word.arg in _KEYWORDS}
        values: dict[str, str] = {}
        for part, expression in given.items():
            if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
                values[part] = expression.value
            elif _is_built_text(expression):
                problems.append(
                    Problem(place, f"{function}() is given a built string; give it one literal and fill it in with %.")
                )
        if values.keys() == set(_ARGUMENTS[function]) and values["singular"]:
            messages.append(Message(**values, source=source, line=node.lineno))
            problems += _unnamed_placeholders(place, *values.values())
    messages.sort(key=lambda message: message.line)
    return messages, problems


def read_template(text: str, *, source: str) -> tuple[list[Message], list[Problem]]:
    """The marked strings of a template, read by Django's own lexer; percent signs doubled, as Django looks them up."""
    try:
        code = templatize(text, origin=source)
    except SyntaxError as error:
        return [], [Problem(source, f"The template cannot be read: {error}.")]
    messages: list[Message] = []
    problems: list[Problem] = []
    for match in _TEMPLATE_CALL.finditer(code):
        function, literals = match.group(1), list(_literals(match.group(2)))
        line = code.count("\n", 0, match.start()) + 1
        if function == "_":  # a constant inside a tag: Django doubles its percent signs before it looks it up
            values = [unescape_string_literal(literals[0]).replace("%", "%%")]
        else:
            values = [str(ast.literal_eval(literal)) for literal in literals]
        meanings = _ARGUMENTS["gettext" if function == "_" else function]
        message = Message(**dict(zip(meanings, values, strict=True)), source=source, line=line)
        if message.singular:
            messages.append(message)
        for name in re.findall(r"%\(([^)]*[^\w)][^)]*)\)s", message.singular + message.plural):
            sentence = f"{{{{ {name} }}}} inside blocktranslate is shown as nothing: give it a name with `with`."
            problems.append(Problem(f"{source}:{line}", sentence))
    return messages, problems


def _translation_names(tree: ast.Module) -> tuple[dict[str, str], set[str]]:
    """Which local names are functions of django.utils.translation, and which are that module itself."""
    names: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == _MODULE:
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in _ARGUMENTS}
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils":
            modules |= {alias.asname or alias.name for alias in node.names if alias.name == "translation"}
        elif isinstance(node, ast.Import):
            modules |= {alias.asname for alias in node.names if alias.name == _MODULE and alias.asname}
    return names, modules


def _called_function(function: ast.expr, names: dict[str, str], modules: set[str]) -> str | None:
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in modules:
        return function.attr if function.attr in _ARGUMENTS else None
    return None


def _is_built_text(expression: ast.expr) -> bool:
    """Whether the text is put together before it is looked up, so that no catalogue can hold it."""
    if isinstance(expression, ast.JoinedStr | ast.BinOp):
        return True
    called = expression.func if isinstance(expression, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr == "format"


def _unnamed_placeholders(place: str, *texts: str) -> Iterator[Problem]:
    if any(re.search(r"(?<!%)(?:%%)*%[sdrf]", text) for text in texts):
        yield Problem(place, "A placeholder has no name: write %(name)s, so that a translator may move it.")


def _literals(arguments: str) -> Iterator[str]:
    for match in re.finditer(_LITERAL, arguments, re.DOTALL):
        yield match.group(0)

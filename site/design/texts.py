"""A text in the three equal languages."""

from dataclasses import dataclass
from typing import Any, Self

from design.languages import CODES


@dataclass(frozen=True)
class Texts:
    """One text in English, French and Russian."""

    en: str = ""
    fr: str = ""
    ru: str = ""

    @classmethod
    def of(cls, holder: Any, field: str) -> Self:
        """Return the texts that an object holds as `field_en`, `field_fr`, `field_ru`."""
        return cls(**{code: getattr(holder, f"{field}_{code}") for code in CODES})

    def fields(self, name: str) -> dict[str, str]:
        """Return the texts by model field, such as `title_en`."""
        return {f"{name}_{code}": text for code, text in self.by_code.items()}

    @property
    def by_code(self) -> dict[str, str]:
        """The texts by language code."""
        return {code: getattr(self, code) for code in CODES}

    def put(self, holder: Any, name: str) -> None:
        """Write the texts to the fields of an object, without saving it."""
        for field, text in self.fields(name).items():
            setattr(holder, field, text)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in any language."""
        return len(self.missing) == len(CODES)

    @property
    def missing(self) -> list[str]:
        """The codes of the languages in which there is nothing."""
        return [code for code in CODES if not getattr(self, code).strip()]

"""The fictional Party and its authority: every name that pages, settings and records of the demonstration use."""

from dataclasses import dataclass
from typing import Final

from design.texts import Texts

PARTY: Final = Texts(en="Republic of Velmaria", fr="République de Velmarie", ru="Республика Вельмария")
SITE_NAME: Final = Texts(
    en="Pollutant Release Register of Velmaria",
    fr="Registre des rejets de polluants de Velmarie",
    ru="Регистр выбросов загрязнителей Вельмарии",
)
AUTHORITY: Final = Texts(
    en="Velmarian Environment Agency",
    fr="Agence velmarienne de l’environnement",
    ru="Агентство по охране окружающей среды Вельмарии",
)
REVIEW_BODY: Final = Texts(
    en="Information Review Board",
    fr="Commission de recours en matière d’information",
    ru="Коллегия по делам о доступе к информации",
)
OPENING_HOURS: Final = Texts(
    en="Monday to Friday 9:00 to 16:00, Thursday until 18:00",
    fr="du lundi au vendredi de 9 h à 16 h, le jeudi jusqu’à 18 h",
    ru="с понедельника по пятницу с 9:00 до 16:00, в четверг до 18:00",
)

DOMAIN: Final = "velmaria.example"  # RFC 2606: mail to it is delivered nowhere
EMAIL: Final = f"register@environment.{DOMAIN}"
CONSULTATIONS_EMAIL: Final = f"consultations@environment.{DOMAIN}"
OPERATORS_EMAIL: Final = f"operators@environment.{DOMAIN}"
PRIVACY_EMAIL: Final = f"privacy@environment.{DOMAIN}"
REVIEW_EMAIL: Final = f"office@review.{DOMAIN}"
PHONE: Final = "+999 20 555 0100"  # no country has the code 999
STREET_ADDRESS: Final = "Sillplas 4, 10100 Selvast"
REVIEW_ADDRESS: Final = "Lindetan 9, 10120 Selvast"


@dataclass(frozen=True)
class RegisterSpan:
    """The reporting years that the demonstration's register holds, by the day on which it is built."""

    first_year: int
    last_year: int
    rule_change_year: int

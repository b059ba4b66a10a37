"""What facilities of each activity typically release and send away: of the size that real registers show."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Line:
    """A pollutant that facilities of an activity may release to a medium.

    `typical_kg` is the middle of the distribution in the newest year, `chance` the share of facilities that release it
    at all, `methods` how it is found out (M, C and E, as often as each letter stands there), `trend` the change a year.
    """

    pollutant: str
    medium: str
    typical_kg: float
    chance: float
    methods: str = "MMC"
    trend: float = -0.015
    spread: float = 0.55


@dataclass(frozen=True)
class Waste:
    """What facilities of an activity send away a year, in tonnes; 0 where they send none."""

    hazardous_tonnes: float
    other_tonnes: float


def _air(pollutant: str, typical_kg: float, chance: float, methods: str = "MMC", trend: float = -0.015) -> Line:
    return Line(pollutant, "air", typical_kg, chance, methods, trend)


def _water(pollutant: str, typical_kg: float, chance: float, methods: str = "MMMMC", trend: float = -0.02) -> Line:
    return Line(pollutant, "water", typical_kg, chance, methods, trend)


def _land(pollutant: str, typical_kg: float, chance: float, methods: str = "CCE", trend: float = 0.0) -> Line:
    return Line(pollutant, "land", typical_kg, chance, methods, trend)


_COMBUSTION: Final = (
    _air("NOX", 3.2e5, 0.95, "MMMMMC", -0.045),
    _air("CO2", 3.6e8, 0.9, "CCM", -0.03),
    _air("SOX", 3.4e5, 0.6, "MMMMC", -0.07),
    _air("CHLORINEANDINORGANICCOMPOUNDS", 3.2e4, 0.35, "MC", -0.03),
    _air("N2O", 2.6e4, 0.35, "CCM", -0.01),
    _air("FLUORINEANDINORGANICCOMPOUNDS", 7e3, 0.2, "CCM", -0.02),
    _air("PM10", 7.6e4, 0.3, "CCM", -0.06),
    _air("ZNANDCOMPOUNDS", 270, 0.2, "MC", -0.02),
    _air("NIANDCOMPOUNDS", 70, 0.2, "MC", -0.04),
    _air("HGANDCOMPOUNDS", 14, 0.25, "MMC", -0.05),
    _air("PCDD+PCDF(DIOXINS+FURANS)", 0.0014, 0.15, "MMC", -0.03),
)
_ORGANIC_CHEMISTRY: Final = (
    _air("NMVOC", 2.6e5, 0.85, "MCC", -0.035),
    _air("NOX", 1.6e5, 0.4, "MMMC", -0.03),
    _air("CO2", 1.7e8, 0.4, "CCM", -0.02),
    _water("TOC", 1.2e5, 0.7, "MMMC", -0.03),
    _water("PHENOLS", 61, 0.5, "MMMMC", -0.03),
    _water("TOTALNITROGEN", 6.4e4, 0.35),
    _water("HALOGENATEDORGANICCOMPOUNDS", 1.7e3, 0.3, "MMMM", -0.04),
)
_INORGANIC_CHEMISTRY: Final = (
    _air("NOX", 1.5e5, 0.5, "MMC"),
    _air("NH3", 2.4e4, 0.4, "MMC"),
    _air("CHLORINEANDINORGANICCOMPOUNDS", 1.6e4, 0.35, "MC"),
    _water("CHLORIDES", 4.2e6, 0.55, "MMC", -0.01),
    _water("ZNANDCOMPOUNDS", 620, 0.6),
    _water("NIANDCOMPOUNDS", 210, 0.5),
    _water("HGANDCOMPOUNDS", 1.7, 0.5, "MMMM", -0.06),
    _water("FLUORIDES", 9.4e3, 0.3),
)
_METAL_SMELTING: Final = (
    _air("SOX", 1.4e6, 0.8, "MMMMC", -0.05),
    _air("ZNANDCOMPOUNDS", 2.8e3, 0.8, "MMMM", -0.04),
    _air("CUANDCOMPOUNDS", 420, 0.75, "MMMM", -0.04),
    _air("PBANDCOMPOUNDS", 390, 0.7, "MMMM", -0.06),
    _air("NIANDCOMPOUNDS", 340, 0.55, "MMMM", -0.05),
    _air("ASANDCOMPOUNDS", 96, 0.65, "MMMM", -0.06),
    _air("CDANDCOMPOUNDS", 26, 0.65, "MMMM", -0.06),
    _air("HGANDCOMPOUNDS", 24, 0.5, "MMMM", -0.05),
    _water("NIANDCOMPOUNDS", 240, 0.8, "MMMM", -0.04),
    _water("ZNANDCOMPOUNDS", 330, 0.85, "MMMM", -0.04),
    _water("CUANDCOMPOUNDS", 210, 0.85, "MMMM", -0.05),
    _water("ASANDCOMPOUNDS", 27, 0.7, "MMMM", -0.05),
    _water("CDANDCOMPOUNDS", 12, 0.65, "MMMM", -0.05),
    _water("PBANDCOMPOUNDS", 78, 0.6, "MMMM", -0.05),
    _water("HGANDCOMPOUNDS", 1.6, 0.45, "MMMM", -0.05),
)
_PULP: Final = (
    _air("NOX", 8.6e5, 1.0, "MMMMMM", -0.02),
    _air("CO2", 1.1e9, 0.95, "CCM", -0.01),
    _air("PM10", 1.2e5, 0.75, "MMMC", -0.06),
    _air("SOX", 2.9e5, 0.7, "MMMM", -0.07),
    _air("CO", 9.2e5, 0.5, "MMMM"),
    _air("CHLORINEANDINORGANICCOMPOUNDS", 2.4e4, 0.4, "MMC"),
    _water("HALOGENATEDORGANICCOMPOUNDS", 6.8e4, 1.0, "MMMM", -0.055),
    _water("TOC", 2.4e6, 1.0, "MMC", -0.03),
    _water("TOTALNITROGEN", 1.2e5, 0.95, "MMMM", -0.02),
    _water("TOTALPHOSPHORUS", 8.4e3, 0.95, "MMMM", -0.04),
    _water("CHLORIDES", 5.3e6, 0.8, "MMMM", 0.0),
    _water("ZNANDCOMPOUNDS", 1.3e3, 0.95, "MMMM", -0.02),
    _water("CUANDCOMPOUNDS", 320, 0.6, "MMMM", -0.02),
    _water("NIANDCOMPOUNDS", 110, 0.7, "MMMM", -0.02),
    _water("CDANDCOMPOUNDS", 18, 0.5, "MMMM", -0.03),
    _water("HGANDCOMPOUNDS", 1.3, 0.5, "MMMM", -0.04),
)
_PAPER: Final = (
    _air("NOX", 3.5e5, 0.8, "MMMMC", -0.03),
    _air("CO2", 3.2e8, 0.75, "MC", -0.03),
    _air("SOX", 2.6e5, 0.4, "MMMM", -0.08),
    _water("TOC", 4.6e5, 0.9, "MMC", -0.02),
    _water("ZNANDCOMPOUNDS", 1.1e3, 0.75, "MMMMC", -0.01),
    _water("TOTALNITROGEN", 1.1e5, 0.6, "MMMM", -0.02),
    _water("TOTALPHOSPHORUS", 7.6e3, 0.4, "MMMM", -0.03),
    _water("CUANDCOMPOUNDS", 160, 0.4, "MMC"),
)
_WASTE_WATER: Final = (
    _water("TOTALNITROGEN", 2.4e5, 1.0, "MMMMMM", -0.025),
    _water("TOTALPHOSPHORUS", 9.6e3, 0.7, "MMMMMM", -0.035),
    _water("TOC", 2.7e5, 0.6, "MMMC", -0.02),
    _water("ZNANDCOMPOUNDS", 560, 0.85, "MMMMC", -0.02),
    _water("NIANDCOMPOUNDS", 170, 0.7, "MMMMC", -0.02),
    _water("CUANDCOMPOUNDS", 180, 0.7, "MMMMC", -0.02),
    _water("HGANDCOMPOUNDS", 2.2, 0.6, "MMC", -0.05),
    _water("FLUORIDES", 7.4e3, 0.4, "MMMM"),
    _water("DEHP", 9.5, 0.45, "MMMM", -0.05),
    _water("NPANDNPES", 3.2, 0.3, "MMMC", -0.06),
    _water("HALOGENATEDORGANICCOMPOUNDS", 1.8e3, 0.35, "MMMM"),
    _water("PHENOLS", 110, 0.35, "MMMC"),
    _air("N2O", 3.4e4, 0.35, "CCM", 0.005),
    _air("CH4", 1.3e5, 0.3, "CCM", 0.005),
)
_MINING: Final = (
    _water("ZNANDCOMPOUNDS", 640, 0.8, "MMMM", -0.02),
    _water("NIANDCOMPOUNDS", 95, 0.75, "MMMMC", -0.02),
    _water("ASANDCOMPOUNDS", 46, 0.55, "MMMC", -0.02),
    _water("CUANDCOMPOUNDS", 130, 0.5, "MMMM", -0.02),
    _water("TOTALNITROGEN", 7.2e4, 0.35, "MMC", 0.01),
    _land("ZNANDCOMPOUNDS", 480, 0.4),
    _land("PBANDCOMPOUNDS", 65, 0.35),
)

RELEASES: Final[dict[str, tuple[Line, ...]]] = {
    "1(a)": (
        _air("CO2", 2.4e9, 1.0, "CCCM", -0.01),
        _air("SOX", 3.1e6, 1.0, "CCM", -0.06),
        _air("NMVOC", 2.1e6, 1.0, "CCME", -0.04),
        _air("NOX", 1.8e6, 1.0, "CCM", -0.03),
        _air("CO", 1.3e6, 1.0, "CCM"),
        _air("N2O", 4.4e4, 1.0, "CCM"),
        _air("BENZENE", 2.2e4, 1.0, "CCME", -0.05),
        _air("NIANDCOMPOUNDS", 1.2e3, 1.0, "CCM", -0.06),
        _water("PHENOLS", 52, 1.0, "MMMM", -0.03),
        _water("TOTALNITROGEN", 7.1e4, 1.0, "MMMM", -0.02),
    ),
    "1(c)": _COMBUSTION,
    "1(d)": (
        _air("NOX", 5.2e5, 1.0, "MMC"),
        _air("SOX", 4.1e5, 1.0, "MMC", -0.04),
        _air("BENZENE", 3.3e4, 1.0, "CCE", -0.05),
        _air("PAHS", 410, 1.0, "CCE", -0.06),
        _air("NH3", 2.4e4, 1.0, "CM"),
        _water("CYANIDES", 240, 1.0, "MMMM", -0.05),
        _water("PHENOLS", 330, 1.0, "MMMM", -0.05),
    ),
    "2(b)": (
        _air("CO2", 8.2e8, 1.0, "CCCM", -0.03),
        _air("NOX", 1.1e6, 1.0, "MMC", -0.03),
        _air("SOX", 6.2e5, 0.9, "MC", -0.05),
        _air("CO", 2.1e6, 0.8, "MC"),
        _air("PM10", 1.7e5, 0.9, "MMMM", -0.06),
        _air("ZNANDCOMPOUNDS", 880, 1.0, "MMMMC", -0.03),
        _air("PBANDCOMPOUNDS", 310, 0.8, "MMMC", -0.05),
        _air("HGANDCOMPOUNDS", 38, 0.9, "MMMMC", -0.04),
        _air("CRANDCOMPOUNDS", 330, 0.8, "MMMMC", -0.04),
        _air("PCDD+PCDF(DIOXINS+FURANS)", 0.0016, 0.8, "MMMM", -0.06),
        _air("PCBS", 4.4, 0.5, "MMMM", -0.06),
        _water("ZNANDCOMPOUNDS", 640, 1.0, "MMMM", -0.03),
        _water("NIANDCOMPOUNDS", 78, 0.9, "MMMM", -0.03),
        _water("CYANIDES", 290, 0.6, "MMMM", -0.04),
        _water("FLUORIDES", 1.1e4, 0.6, "MMMM", -0.02),
    ),
    "2(c)(i)": (_air("NOX", 2.3e5, 1.0, "MMC"), _air("CO2", 1.4e8, 1.0, "CCM"), _water("NIANDCOMPOUNDS", 44, 1.0)),
    "2(c)(iii)": (_air("ZNANDCOMPOUNDS", 310, 0.7, "MC"), _water("ZNANDCOMPOUNDS", 170, 0.7)),
    "2(d)": (_air("NMVOC", 1.3e5, 0.6, "CCE"), _air("PM10", 6.1e4, 0.3, "CCM"), _air("ZNANDCOMPOUNDS", 260, 0.4, "CE")),
    "2(e)(i)": _METAL_SMELTING,
    "2(e)(ii)": (
        _air("PBANDCOMPOUNDS", 280, 0.6, "MMC", -0.05),
        _air("PCDD+PCDF(DIOXINS+FURANS)", 0.0013, 0.6, "MMM", -0.06),
        _water("CUANDCOMPOUNDS", 640, 0.6, "MMMM", -0.03),
        _water("ZNANDCOMPOUNDS", 220, 0.8, "MMMM", -0.03),
        _water("NIANDCOMPOUNDS", 110, 0.7, "MMMM", -0.03),
    ),
    "2(f)": (
        _water("NIANDCOMPOUNDS", 33, 0.6, "MMMM", -0.04),
        _water("ZNANDCOMPOUNDS", 150, 0.45, "MMMM", -0.03),
        _water("CRANDCOMPOUNDS", 66, 0.3, "MMMM", -0.05),
        _water("CUANDCOMPOUNDS", 71, 0.3, "MMMM", -0.03),
        _air("TRI", 2.6e3, 0.1, "CCE", -0.09),
        _air("NMVOC", 1.2e5, 0.1, "CCE", -0.04),
    ),
    "3(a)": _MINING,
    "3(b)": _MINING,
    "3(c)(i)": (
        _air("NOX", 8.1e5, 1.0, "MMMMMM", -0.04),
        _air("CO2", 5.2e8, 1.0, "CCCM", -0.01),
        _air("SOX", 1.9e5, 0.6, "MMMM", -0.05),
        _air("HGANDCOMPOUNDS", 19, 0.9, "MMMM", -0.03),
        _air("CO", 7.4e5, 0.6, "MMMM"),
        _air("NH3", 2.7e4, 0.5, "MMM"),
    ),
    "3(c)(ii)": (_air("CO2", 1.6e8, 1.0, "CCM", -0.01), _air("NOX", 1.3e5, 0.5, "MMC"), _air("CO", 6.2e5, 0.5, "MC")),
    "3(e)": (_air("NOX", 1.8e5, 0.9, "MMM"), _air("NH3", 2.6e4, 0.5, "MMMMC"), _air("CO2", 1.2e8, 0.4, "CCM")),
    "3(f)": (_air("NH3", 2.4e4, 1.0, "CCM"), _air("CO", 1.6e6, 1.0, "MC"), _air("PM10", 6.4e4, 0.6, "CM")),
    "3(g)": (_air("FLUORINEANDINORGANICCOMPOUNDS", 8.8e3, 0.9, "MMMC", -0.03), _air("NOX", 1.2e5, 0.2, "MC")),
    "4(a)(i)": (
        _air("NMVOC", 6.2e5, 1.0, "MMC", -0.03),
        _air("NOX", 3e5, 1.0, "MMMM", -0.02),
        _air("CO2", 4.1e8, 1.0, "CCM", -0.01),
        _air("BENZENE", 3.4e4, 1.0, "MMC", -0.05),
        _water("TOC", 1.1e5, 1.0),
    ),
    "4(a)(ii)": _ORGANIC_CHEMISTRY,
    "4(a)(viii)": (
        *_ORGANIC_CHEMISTRY,
        _air("VINYLCHLORIDE", 2.9e3, 0.4, "MCC", -0.05),
        _air("DCE-1,2", 6.4e3, 0.4, "CCM"),
    ),
    "4(a)(x)": (*_ORGANIC_CHEMISTRY, _water("CRANDCOMPOUNDS", 88, 1.0), _water("ZNANDCOMPOUNDS", 410, 1.0)),
    "4(b)(i)": (*_INORGANIC_CHEMISTRY, _air("HCN", 640, 0.4, "CM")),
    "4(b)(iv)": _INORGANIC_CHEMISTRY,
    "4(b)(v)": _INORGANIC_CHEMISTRY,
    "4(c)": (
        _air("NH3", 1.1e5, 1.0, "MMMM", -0.03),
        _air("N2O", 5.6e5, 1.0, "MMMM", -0.11),
        _air("NOX", 4.2e5, 1.0, "MMMM", -0.03),
        _air("FLUORINEANDINORGANICCOMPOUNDS", 9.1e3, 0.6, "MMC"),
        _water("TOTALNITROGEN", 8.4e4, 1.0, "MMMM", -0.03),
        _water("TOTALPHOSPHORUS", 7.8e3, 0.6, "MMMM", -0.05),
        _water("FLUORIDES", 3.4e4, 1.0, "MMMM", -0.03),
        _water("CDANDCOMPOUNDS", 8.6, 0.6, "MMMM", -0.06),
    ),
    "4(d)": (_air("NMVOC", 1.4e5, 1.0, "CCM"), _air("DCM", 4.2e3, 1.0, "CCE", -0.06), _water("TOC", 8.8e4, 1.0)),
    "4(e)": (_air("NMVOC", 1.7e5, 0.9, "CCM", -0.04), _air("DCM", 6.6e3, 0.7, "CCE", -0.08), _water("TOC", 7.2e4, 0.5)),
    "4(f)": (_air("NOX", 1.1e5, 1.0, "CCM"), _water("TOTALNITROGEN", 6.1e4, 1.0)),
    "5(a)": (
        _air("NOX", 2.2e5, 0.4, "MMMM", -0.02),
        _air("CO2", 1.5e8, 0.4, "CCM", 0.0),
        _air("HGANDCOMPOUNDS", 12, 0.3, "MMMM", -0.04),
        _air("PCDD+PCDF(DIOXINS+FURANS)", 0.0017, 0.4, "MMMM", -0.05),
        _water("ZNANDCOMPOUNDS", 180, 0.4),
        _water("DEHP", 6.2, 0.3, "MMM"),
    ),
    "5(b)": (
        _air("NOX", 1.9e5, 1.0, "MMMMMM", -0.02),
        _air("CO2", 2.6e8, 1.0, "CCM", 0.01),
        _air("HGANDCOMPOUNDS", 13, 0.75, "MMMM", -0.04),
        _air("PCDD+PCDF(DIOXINS+FURANS)", 0.0013, 0.75, "MMMM", -0.05),
        _air("CHLORINEANDINORGANICCOMPOUNDS", 1.4e4, 0.5, "MMMM", -0.02),
    ),
    "5(c)": (_air("CH4", 1.1e6, 0.6, "CCCM", -0.05), _air("NH3", 2.1e4, 0.3, "CE")),
    "5(d)": (
        _air("CH4", 4.3e5, 0.95, "CCCCMME", -0.06),
        _water("NIANDCOMPOUNDS", 61, 0.2, "MMM"),
        _water("ASANDCOMPOUNDS", 14, 0.15, "MMM"),
        _water("TOTALNITROGEN", 6.2e4, 0.15, "MMC"),
    ),
    "5(e)": (_air("NH3", 1.6e4, 0.8, "CE"), _water("TOTALNITROGEN", 6.3e4, 0.8, "MMC")),
    "5(f)": _WASTE_WATER,
    "5(g)": _WASTE_WATER,
    "6(a)": _PULP,
    "6(b)": _PAPER,
    "6(c)": (
        _air("NAPHTHALENE", 520, 0.8, "MMME", -0.04),
        _water("CRANDCOMPOUNDS", 58, 0.2),
        _land("CUANDCOMPOUNDS", 62, 0.3),
    ),
    "7(a)(i)": (_air("NH3", 1.52e4, 1.0, "CCCCM", 0.005),),
    "7(a)(ii)": (_air("NH3", 1.28e4, 1.0, "CCCCM", -0.005),),
    "7(a)(iii)": (_air("NH3", 1.38e4, 1.0, "CCCCM", -0.005),),
    "7(b)": (_water("TOTALNITROGEN", 7.6e4, 0.9, "CCE", 0.02), _water("TOTALPHOSPHORUS", 9.2e3, 0.9, "CCE", 0.02)),
    "8(a)": (_water("TOTALNITROGEN", 5.8e4, 0.6, "MMC"), _water("TOC", 7.1e4, 0.5, "MMC")),
    "8(b)(i)": (_water("TOC", 8.4e4, 0.8, "MMC"), _water("CHLORIDES", 2.6e6, 0.4, "MMC")),
    "8(b)(ii)": (
        _water("TOC", 1.6e5, 0.8, "MMC"),
        _water("TOTALNITROGEN", 6.6e4, 0.5, "MMC"),
        _air("CO2", 1.3e8, 0.4, "CCM"),
    ),
    "8(c)": (_water("TOC", 2.2e5, 0.8, "MMMM"), _water("TOTALPHOSPHORUS", 8.1e3, 0.7, "MMMMC", -0.03)),
    "9(a)": (_water("NPANDNPES", 2.1, 0.7, "MMC", -0.09), _water("TOC", 6.6e4, 0.6, "MMC")),
    "9(b)": (_water("CRANDCOMPOUNDS", 92, 1.0, "MMMM", -0.05), _water("CHLORIDES", 2.7e6, 1.0, "MMC")),
    "9(c)": (_air("NMVOC", 1.55e5, 1.0, "CCCME", -0.04),),
    "9(e)": (_air("NMVOC", 1.4e5, 1.0, "CCE", -0.03), _water("TRIBUTYLTINANDCOMPOUNDS", 1.7, 0.7, "MMC", -0.12)),
}

# Tonnes a year; sectors that are not named send no waste above the thresholds of Art. 7(1)(a)(iii).
WASTE: Final[dict[str, Waste]] = {
    "1(a)": Waste(5200, 3100),
    "1(c)": Waste(34, 16_500),
    "1(d)": Waste(410, 5200),
    "2(b)": Waste(9400, 82_000),
    "2(c)(i)": Waste(310, 9600),
    "2(c)(iii)": Waste(270, 2600),
    "2(d)": Waste(86, 8900),
    "2(e)(i)": Waste(14_800, 41_000),
    "2(e)(ii)": Waste(2700, 6100),
    "2(f)": Waste(240, 0),
    "3(a)": Waste(48, 3600),
    "3(c)(i)": Waste(22, 2900),
    "3(e)": Waste(31, 2700),
    "3(g)": Waste(9, 2400),
    "4(a)(i)": Waste(1900, 2200),
    "4(a)(ii)": Waste(1250, 0),
    "4(a)(viii)": Waste(980, 2700),
    "4(a)(x)": Waste(760, 0),
    "4(b)(i)": Waste(310, 2900),
    "4(b)(iv)": Waste(190, 3300),
    "4(b)(v)": Waste(150, 5400),
    "4(c)": Waste(140, 11_000),
    "4(d)": Waste(620, 0),
    "4(e)": Waste(1450, 0),
    "4(f)": Waste(58, 0),
    "5(a)": Waste(7600, 9200),
    "5(b)": Waste(6100, 34_000),
    "5(c)": Waste(90, 21_000),
    "5(d)": Waste(24, 2600),
    "5(f)": Waste(4, 14_200),
    "5(g)": Waste(46, 4100),
    "6(a)": Waste(120, 46_000),
    "6(b)": Waste(58, 21_000),
    "6(c)": Waste(210, 2300),
    "8(a)": Waste(0, 9800),
    "8(b)(i)": Waste(0, 6200),
    "8(b)(ii)": Waste(0, 11_400),
    "8(c)": Waste(3, 4300),
    "9(b)": Waste(36, 3900),
    "9(c)": Waste(330, 2600),
    "9(e)": Waste(420, 2900),
}

# Pollutants in waste water that is piped to a treatment plant of somebody else, with typical kilograms a year.
WASTE_WATER_TRANSFERS: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    "2(f)": (("NIANDCOMPOUNDS", 48), ("ZNANDCOMPOUNDS", 190)),
    "4(a)(ii)": (("TOC", 2.4e5), ("PHENOLS", 540)),
    "4(a)(x)": (("TOC", 1.9e5), ("CRANDCOMPOUNDS", 120)),
    "4(e)": (("TOC", 3.6e5), ("DCM", 61)),
    "8(a)": (("TOTALNITROGEN", 1.1e5), ("TOC", 4.1e5)),
    "8(b)(i)": (("TOTALNITROGEN", 7.7e4), ("TOC", 3.2e5)),
    "8(c)": (("TOC", 5.4e5), ("TOTALPHOSPHORUS", 1.2e4)),
    "9(a)": (("TOC", 1.4e5), ("NPANDNPES", 5.2)),
    "9(b)": (("CRANDCOMPOUNDS", 260), ("TOC", 1.6e5)),
}

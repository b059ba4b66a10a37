"""The programmes that come with the platform: reading their files, and planting them where they are not yet."""

from learning.loading.planting import Planted, load_programmes
from learning.loading.reading import CONTENTS, ProgrammeText, read_programmes

__all__ = ["CONTENTS", "Planted", "ProgrammeText", "load_programmes", "read_programmes"]

"""The programmes that come with the platform: reading their files, and planting them where they are not yet."""

from learning.loading.planting import Planted, load_programmes
from learning.loading.reading import CONTENTS, GUIDANCE, GUIDES, ProgrammeText, read_programmes

__all__ = ["CONTENTS", "GUIDANCE", "GUIDES", "Planted", "ProgrammeText", "load_programmes", "read_programmes"]

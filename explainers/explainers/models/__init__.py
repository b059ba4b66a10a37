"""The models of the explainers: pages, the words they explain, and the sources they cite."""

from explainers.models.glossary import GlossaryTerm
from explainers.models.pages import ExplainerIndexPage, ExplainerPage
from explainers.models.references import Reference

__all__ = ["ExplainerIndexPage", "ExplainerPage", "GlossaryTerm", "Reference"]

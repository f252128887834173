"""Put decision guides into docs: slots and links in Markdown, for MkDocs, ProperDocs and Zensical."""

from mkdocs_assessor.extension import AssessorExtension, makeExtension

__all__ = ["AssessorExtension", "makeExtension"]

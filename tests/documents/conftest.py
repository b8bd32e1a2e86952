"""Pages of documents are drawn in the kit's bare test shell."""

from tests.kit.conftest import shell

__all__ = ["shell"]

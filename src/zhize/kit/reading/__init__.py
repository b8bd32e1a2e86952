"""The words in a file, whatever it is: .docx with Word's automatic numbering, .html, .pdf, text in any encoding."""

from zhize.kit.reading.text import READABLE, text_of
from zhize.kit.reading.workbook import cells_of

__all__ = ["READABLE", "cells_of", "text_of"]

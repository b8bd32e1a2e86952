"""The one way anything is imported: uploaded, columns matched, staged row by row, looked at, published in one step."""

"""Pages of files and evidence, of official documents, of what came in."""

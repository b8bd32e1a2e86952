"""The steps of the year's walk, one file a stretch of the way; each function is what one person does."""

"""A printed table of assessment (考核细则) into a draft scheme: what is printed is kept, what is guessed says so.

Stages, each a module: `sheet` lines → rows of cells; `columns` what each column holds; `items` a standard into pieces
with points; `rules` a piece into a method of scoring; `branches` rows → criteria; `draft` all of it, with doubts.
"""

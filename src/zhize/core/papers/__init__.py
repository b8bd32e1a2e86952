"""Official documents on paper: how dates are printed, how headings are numbered, what is looked at before sending."""

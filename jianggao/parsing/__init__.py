"""Parses a text into a speech: title, date, salutation, headings with their levels, sections. Boilerplate is
removed."""

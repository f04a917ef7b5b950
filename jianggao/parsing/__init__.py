"""Text becomes a speech: title, date, salutation, headings with their levels, sections; boilerplate goes."""

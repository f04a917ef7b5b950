"""Answers what people ask of the library. What a `Reader` returns already lacks what the asker may not see,
and has a delivery record; there is no other way to the text of a speech."""

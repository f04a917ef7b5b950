"""Makes what is sent of a speech: marked copies, as text or as an official Word document."""

"""Stores the library: speeches, their versions and sections, the index of them, and the import that keeps all
this in step with the files."""

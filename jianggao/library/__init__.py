"""The stored library: speeches, their versions and sections, the index of them, and the import that keeps all in step."""

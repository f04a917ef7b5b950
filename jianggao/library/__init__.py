"""Source files become speeches, sections and an index; reading back; search."""

"""Finds phrases worth copying: quotable sentences (金句) and the patterns that headings follow."""

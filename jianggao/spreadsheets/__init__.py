"""Writes workbooks of people's tables."""

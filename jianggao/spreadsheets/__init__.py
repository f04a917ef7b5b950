"""Reads the tables that people send (CSV, .xlsx) and writes workbooks for them."""

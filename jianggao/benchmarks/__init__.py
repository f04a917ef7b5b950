"""Measures searching (speed and quality) and tracing, beside other search engines, on generated and real
libraries."""

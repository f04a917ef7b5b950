"""Handles characters and words: the normal form that texts are compared in, segmentation, pinyin, bigrams,
quoting."""

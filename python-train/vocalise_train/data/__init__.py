"""Recordings to train on: found, checked, split by singer, held as 16-bit samples."""

"""Warnings of this package."""


class CautionWarning(UserWarning):
    """A potential was chosen or requested for a structure that it does not describe reliably."""


class ReaderWarning(UserWarning):
    """A file was read, but some of its content was ignored or changed."""

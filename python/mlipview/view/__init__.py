"""The window, or the page in a browser, and a handle that steers it."""

from .frame import HeldAtoms, ViewFrame
from .handle import View, view

__all__ = ["HeldAtoms", "View", "ViewFrame", "view"]

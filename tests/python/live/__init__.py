"""Checks of live rigid bodies, for client_live.py."""

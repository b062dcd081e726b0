"""KKD Desktop: whom to meet next, and which sentence of the office's concept says so."""

__version__ = "0.1.0"

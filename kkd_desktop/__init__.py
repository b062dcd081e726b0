"""KKD Desktop: whom to meet next, and which sentence of the office's Kontaktdichtekonzept says so."""

__version__ = "0.1.0"

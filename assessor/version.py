"""The version of this package, here because reading it from the installed package takes longer than starting Python."""

VERSION = "0.1.0"

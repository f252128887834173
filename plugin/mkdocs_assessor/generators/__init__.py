"""Support what only one generator or one other plugin needs."""

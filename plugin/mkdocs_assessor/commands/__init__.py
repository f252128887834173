"""The commands of the docs side, a file each; entry points of the group `assessor.commands` name them."""

"""The commands besides `build`, one file each."""

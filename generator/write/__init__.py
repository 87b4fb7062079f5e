"""Write: the one stage that changes the disk."""
